"""Applicants who do not exist, from schools that do not exist, with names in many scripts."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Applicant:
    """One invented person and the degree that they come with. `latin` is the name in plain ASCII."""

    first: str
    last: str
    latin: str
    language: str
    country: str
    canada: str
    school: str
    degree: str
    average: str
    highest: str

    @property
    def key(self) -> str:
        """The name before the @ of the address."""
        return self.latin.lower().replace(" ", ".").replace("'", "")

    @property
    def field(self) -> str:
        """What the degree is in, as its name says: `Licence en informatique` is in `Informatique`."""
        name = re.split(r" (?:in|en|de) ", self.degree)[-1]
        return name[0].upper() + name[1:]

    @property
    def passing(self) -> str:
        """The usual pass mark of the scale."""
        return PASSING.get(self.highest, "10")


# The usual pass mark by the best possible grade.
PASSING = {"100": "50", "20": "10", "10": "5", "9": "4", "5": "3", "4.5": "2", "4.3": "2", "4": "2"}
_ROWS = """
Linh|Trần-Gauthier|Linh Tran-Gauthier|fr|CA|resident|Université du Fleuve Rouge|Licence en informatique|16.10|20
Théo|Gagnon-Bélair|Theo Gagnon-Belair|fr|CA|citizen|Université des Appalaches|Baccalauréat en informatique|3.71|4.3
अनन्या|रघुनाथ|Ananya Raghunath|en|IN|none|Kaveri Institute of Technology|B.Tech. in computer science|8.90|10
Kwame|Asante-Poirier|Kwame Asante-Poirier|fr|CA|citizen|Université de la Baie|Baccalauréat en génie logiciel|3.40|4.3
Zeynep|Arslan-Côté|Zeynep Arslan-Cote|en|TR|none|Ege Kıyısı University|B.Sc. in mathematics|3.52|4
Олександра|Петренко|Oleksandra Petrenko|en|UA|protected|Dnipro Hills University|B.Sc. in applied mathematics|91.40|100
Ingrid|Solheim|Ingrid Solheim|en|NO|none|Nordfjord University|B.Sc. in informatics|4.60|5
Awa|Ndiaye|Awa Ndiaye|fr|SN|none|Université de la Teranga|Licence en mathématiques appliquées|15.80|20
Camille|Larouche|Camille Larouche|fr|CA|citizen|Université des Appalaches|Baccalauréat en mathématiques|3.95|4.3
يوسف|بلمختار|Youssef Belmokhtar|fr|MA|none|École d’ingénieurs du Détroit|Diplôme d’ingénieur|14.60|20
Pedro|Quispe-Mamani|Pedro Quispe-Mamani|en|PE|none|Universidad del Altiplano Sur|Ingeniería de sistemas|16.40|20
明轩|李|Mingxuan Li|en|CN|study|Linjiang University|B.Eng. in software engineering|88.20|100
さくら|高橋|Sakura Takahashi|en|JP|none|Minato Science University|B.Sc. in information science|3.30|4
서연|김|Seoyeon Kim|en|KR|none|Hangang Institute|B.Sc. in statistics|4.10|4.5
Łukasz|Wójcik|Lukasz Wojcik|en|PL|none|Wisła University of Technology|Inżynier informatyki|4.50|5
Hanna|Wójcik|Hanna Wojcik|en|PL|none|Wisła University of Technology|Magister matematyki|4.70|5
Oluwaseun|Adéyẹmí|Oluwaseun Adeyemi|en|NG|none|Lagoon State University|B.Sc. in computer science|4.32|5
Marguerite|Côté-Dubois|Marguerite Cote-Dubois|fr|CA|citizen|Université de la Baie|Baccalauréat en physique|3.62|4.3
Nguyễn Thị|Hồng|Thi Hong Nguyen|fr|VN|none|Université du Fleuve Rouge|Licence en statistique|8.60|10
Ελένη|Παπαδοπούλου|Eleni Papadopoulou|en|GR|none|Aegean Polytechnic|Diploma in computer engineering|8.70|10
Анастасия|Кузнецова|Anastasia Kuznetsova|en|KZ|study|Steppe National University|B.Sc. in computer science|3.80|4
Siobhán|O’Doherty|Siobhan ODoherty|en|IE|none|Shannonside University|B.A. (Mod.) in computer science|71.00|100
Mehdi|Benkirane|Mehdi Benkirane|fr|MA|none|Université de l’Atlas|Licence en informatique|14.10|20
فاطمه|رضایی|Fatemeh Rezaei|en|IR|none|Alborz University of Science|B.Sc. in electrical engineering|17.80|20
João Pedro|Albuquerque|Joao Pedro Albuquerque|en|BR|none|Universidade do Capibaribe|Bacharelado em computação|8.40|10
Chloé|Tremblay-Nguyen|Chloe Tremblay-Nguyen|fr|CA|citizen|Université du Saguenay-Nord|Baccalauréat en informatique|3.88|4.3
Tomasina|Kanatase|Tomasina Kanatase|en|CA|citizen|Northern Rivers University|B.Sc. in computer science|3.55|4
Ibrahim|Touré|Ibrahim Toure|fr|ML|none|Université du Djoliba|Licence en mathématiques|15.20|20
Rania|Haddad|Rania Haddad|fr|LB|none|Université des Cèdres|Licence en informatique|16.90|20
தமிழ்செல்வி|முருகன்|Tamilselvi Murugan|en|LK|none|Jaffna Coast University|B.Sc. in computer science|3.72|4
Émile|Bouchard|Emile Bouchard|fr|CA|citizen|Université des Appalaches|Baccalauréat en génie informatique|3.21|4.3
Valentina|Rojas|Valentina Rojas|en|CO|none|Universidad de la Sabana Alta|Ingeniería matemática|4.40|5
Freja|Lindqvist|Freja Lindqvist|en|SE|none|Mälarstrand University|B.Sc. in data science|4.20|5
Samir|Ouédraogo|Samir Ouedraogo|fr|BF|none|Université du Mouhoun|Licence en informatique|14.90|20
ናርዶስ|ተስፋዬ|Nardos Tesfaye|en|ET|none|Rift Valley University of Science|B.Sc. in software engineering|3.66|4
Gabrielle|Fontaine|Gabrielle Fontaine|fr|CA|citizen|Université de la Baie|Baccalauréat en mathématiques|4.02|4.3
Arjun|Mehrotra|Arjun Mehrotra|en|CA|work|Kaveri Institute of Technology|B.Tech. in electronics|9.10|10
Noémie|Lachance|Noemie Lachance|fr|CA|citizen|Université du Saguenay-Nord|Baccalauréat en actuariat|3.45|4.3
ธนกร|สุขใจ|Thanakorn Sukjai|en|TH|none|Chao Phraya Institute|B.Eng. in computer engineering|3.58|4
Malik|Belanger-Diop|Malik Belanger-Diop|fr|CA|citizen|Université des Appalaches|Baccalauréat en économie et mathématiques|3.33|4.3
Daniela|Ionescu|Daniela Ionescu|fr|RO|none|Université des Carpates|Licence en informatique|9.30|10
Wei Ling|Tan|Wei Ling Tan|en|SG|none|Straits University|B.Comp. in information systems|4.55|5
רות|לוי|Ruth Levy|en|IL|none|Carmel Institute of Technology|B.Sc. in mathematics|91.00|100
Moana|Tuhiwai|Moana Tuhiwai|en|NZ|none|Southern Sounds University|B.Sc. in computer science|7.80|9
Alexandre|Saint-Fleur|Alexandre Saint-Fleur|fr|HT|none|Université de l’Artibonite|Licence en génie électronique|82.00|100
Baptiste|Le Goff|Baptiste Le Goff|fr|FR|none|Université de l’Iroise|Licence de mathématiques et informatique|15.40|20
Նարեկ|Սարգսյան|Narek Sargsyan|en|AM|none|Ararat Polytechnic|B.Sc. in applied mathematics|18.20|20
Jasmine|Whiteduck|Jasmine Whiteduck|en|CA|citizen|Northern Rivers University|B.Sc. in statistics|3.74|4
""".strip().splitlines()

APPLICANTS = tuple(Applicant(*row.split("|")) for row in _ROWS)
