"""The demonstration's privacy notice, in both languages. A deployment writes its own (docs/privacy.md)."""

FRENCH = """Mila recueille ces renseignements pour juger votre demande, vous répondre et, si vous êtes retenu ou retenue, \
suivre votre admission à l’Université de Montréal.

La coordination et la direction lisent votre demande. Les personnes qui l’évaluent en lisent une copie sans votre \
téléphone, votre adresse, votre pays ni votre statut au Canada.

Avec votre accord, votre dossier est transmis au Département d’informatique et de recherche opérationnelle (DIRO). \
Il ne l’est à personne d’autre.

Vous pouvez en tout temps consulter, faire corriger ou retirer votre demande en écrivant à la coordination."""
ENGLISH = """Mila collects this information to judge your application, to answer you and, if you are selected, to follow \
your admission to Université de Montréal.

The coordination and the direction read your application. Those who review it read a copy without your phone, your \
address, your country or your status in Canada.

With your agreement, your file is passed to the computer science department (DIRO), and to nobody else.

You may consult, correct or withdraw your application at any time by writing to the coordination."""
NOTICES = {"notice_fr": FRENCH, "notice_en": ENGLISH}
