"""Three invented files, ready to be read: steady and plain, uneven and driven, strong on paper and thin in the letter.

They are in no order of merit: what is easy to agree on would calibrate nobody. No person, place or course here exists.
"""

from typing import Any

STEADY: dict[str, Any] = {
    "title_fr": "Dossier A : une licence régulière",
    "title_en": "File A: a steady bachelor’s",
    "degrees_fr": "Licence en informatique ; Université des Trois-Baies ; 2021-2024 ; 14,1/20",
    "degrees_en": "Bachelor’s in computer science; Three Bays University; 2021-2024; 14.1/20",
    "experience_fr": (
        "Stagiaire en développement ; Coopérative Ligne Verte ; 2024 ; "
        "Tests et correctifs d’une application d’horaires d’autobus."
    ),
    "experience_en": (
        "Development intern; Green Line Co-op; 2024; "
        "Tests and fixes for an application of bus timetables."
    ),
    "statement_fr": (
        "Pendant mon stage, j’ai corrigé une application qui annonçait les autobus en retard. J’ai compris que les "
        "retards se prévoyaient mal parce que personne n’avait regardé les données de l’hiver. J’ai fait un premier "
        "modèle, une régression simple, qui se trompait de quatre minutes au lieu de neuf.\n\n"
        "Je voudrais apprendre à faire mieux, et surtout à savoir quand un modèle a tort. La maîtrise me donnerait "
        "les bases de statistique qui me manquent. Après, j’aimerais travailler pour le transport en commun."
    ),
    "statement_en": (
        "During my internship I fixed an application that announced late buses. I understood that delays were badly "
        "predicted because nobody had looked at the data of the winter. I made a first model, a simple regression, "
        "which was wrong by four minutes instead of nine.\n\n"
        "I would like to learn to do better, and above all to know when a model is wrong. The degree would give me "
        "the grounds of statistics that I lack. Afterwards I would like to work for public transit."
    ),
    "python_level": "intermediate",
    "french_level": "c1",
    "english_level": "b2",
    "courses": {
        "MAT1400": {"how": "taken", "grade": "13/20"},
        "MAT1600": {"how": "taken", "grade": "15/20"},
        "MAT1978": {"how": "planned", "grade": ""},
        "IFT1015": {"how": "taken", "grade": "16/20"},
        "IFT2015": {"how": "taken", "grade": "14/20"},
        "IFT2125": {"how": "not_taken", "grade": ""},
    },
}
DRIVEN: dict[str, Any] = {
    "title_fr": "Dossier B : un parcours en deux temps",
    "title_en": "File B: a path in two parts",
    "degrees_fr": (
        "Baccalauréat en biologie ; Collège universitaire du Cap-Gris ; 2014-2018 ; 2,7/4,3\n"
        "Certificat en programmation ; Institut de la Rivière ; 2023-2024 ; 4,1/4,3"
    ),
    "degrees_en": (
        "Bachelor’s in biology; Grey Cape University College; 2014-2018; 2.7/4.3\n"
        "Certificate in programming; River Institute; 2023-2024; 4.1/4.3"
    ),
    "experience_fr": (
        "Technicienne de laboratoire ; Clinique du Vieux-Moulin ; 2018-2023 ; "
        "Comptage de cellules, et j’ai écrit le programme qui trie les images floues."
    ),
    "experience_en": (
        "Laboratory technician; Old Mill Clinic; 2018-2023; "
        "Counting of cells, and I wrote the program that sorts out blurred pictures."
    ),
    "statement_fr": (
        "J’ai compté des cellules à la main pendant cinq ans. Un jour, j’ai écrit un programme pour mettre de côté les "
        "images floues ; le laboratoire l’utilise encore, et deux autres l’ont repris. Je me suis inscrite au certificat "
        "le mois suivant, le soir, en travaillant.\n\n"
        "Mes notes de biologie ne sont pas bonnes : je travaillais trente heures par semaine. Celles du certificat disent "
        "mieux ce que je sais faire. Je veux comprendre pourquoi mon programme échoue sur les images d’un autre "
        "microscope, et je crois que la réponse est dans ce que votre programme enseigne."
    ),
    "statement_en": (
        "I counted cells by hand for five years. One day I wrote a program that put blurred pictures aside; the "
        "laboratory still uses it, and two others took it up. I enrolled in the certificate the month after, in the "
        "evening, while working.\n\n"
        "My grades in biology are not good: I worked thirty hours a week. Those of the certificate tell better what I "
        "can do. I want to understand why my program fails on the pictures of another microscope, and I believe that "
        "the answer is in what your program teaches."
    ),
    "python_level": "advanced",
    "french_level": "c2",
    "english_level": "b1",
    "courses": {
        "MAT1400": {"how": "taken", "grade": "C"},
        "MAT1600": {"how": "planned", "grade": ""},
        "MAT1978": {"how": "taken", "grade": "B"},
        "IFT1015": {"how": "taken", "grade": "A+"},
        "IFT2015": {"how": "taken", "grade": "A"},
        "IFT2125": {"how": "planned", "grade": ""},
    },
}
POLISHED: dict[str, Any] = {
    "title_fr": "Dossier C : de très hautes notes",
    "title_en": "File C: very high grades",
    "degrees_fr": "Licence en mathématiques appliquées ; École du Grand-Plateau ; 2020-2024 ; 9,3/10",
    "degrees_en": "Bachelor’s in applied mathematics; High Plateau School; 2020-2024; 9.3/10",
    "experience_fr": "",
    "experience_en": "",
    "statement_fr": (
        "L’intelligence artificielle transforme le monde et je souhaite faire partie de cette révolution. Passionné "
        "depuis toujours par la technologie, je suis convaincu que votre institution prestigieuse est l’endroit idéal "
        "pour atteindre mes objectifs.\n\n"
        "J’ai été premier de ma promotion en analyse et en probabilités. Mon projet de fin d’études portait sur la "
        "convergence d’une descente de gradient à pas variable ; j’en ai fait la preuve et non le programme. Je suis "
        "travailleur, rigoureux et j’apprends vite."
    ),
    "statement_en": (
        "Artificial intelligence transforms the world and I wish to be part of this revolution. Always passionate about "
        "technology, I am convinced that your prestigious institution is the ideal place to reach my goals.\n\n"
        "I was first of my class in analysis and in probability. My final project was about the convergence of a "
        "gradient descent with a variable step; I made its proof and not its program. I am hard-working, rigorous and I "
        "learn fast."
    ),
    "python_level": "beginner",
    "french_level": "b2",
    "english_level": "c1",
    "courses": {
        "MAT1400": {"how": "taken", "grade": "10/10"},
        "MAT1600": {"how": "taken", "grade": "9/10"},
        "MAT1978": {"how": "taken", "grade": "10/10"},
        "IFT1015": {"how": "taken", "grade": "7/10"},
        "IFT2015": {"how": "not_taken", "grade": ""},
        "IFT2125": {"how": "not_taken", "grade": ""},
    },
}
READY = (STEADY, DRIVEN, POLISHED)
