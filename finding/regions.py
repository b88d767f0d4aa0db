"""Countries by region of the world, for figures: the United Nations' regions, with the countries that most come from apart."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNKNOWN = "unknown"
REGIONS: dict[str, Promise] = {
    "canada": _("Canada"),
    "united_states": _("United States"),
    "latin_america": _("Latin America and the Caribbean"),
    "europe": _("Europe"),
    "north_africa": _("Northern Africa and Western Asia"),
    "africa": _("Sub-Saharan Africa"),
    "south_asia": _("Central and Southern Asia"),
    "east_asia": _("Eastern and South-Eastern Asia"),
    "oceania": _("Oceania"),
    UNKNOWN: _("Not told"),
}
# ISO 3166-1 alpha-2, as the UN's M49 groups them.
COUNTRIES = {
    "canada": "CA",
    "united_states": "US PM BM GL",
    "latin_america": "AG AI AR AW BB BL BO BQ BR BS BV BZ CL CO CR CU CW DM DO EC FK GD GF GP GS GT GY HN HT JM KN KY LC "
    "MF MQ MS MX NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI",
    "europe": "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK "
    "MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK",
    "north_africa": "AE AM AZ BH CY DZ EG EH GE IL IQ JO KW LB LY MA OM PS QA SA SD SY TN TR YE",
    "africa": "AO BF BI BJ BW CD CF CG CI CM CV DJ ER ET GA GH GM GN GQ GW IO KE KM LR LS MG ML MR MU MW MZ NA NE NG RE RW "
    "SC SH SL SN SO SS ST SZ TD TF TG TZ UG YT ZA ZM ZW",
    "south_asia": "AF BD BT IN IR KG KZ LK MV NP PK TJ TM UZ",
    "east_asia": "BN CN HK ID JP KH KP KR LA MM MN MO MY PH SG TH TL TW VN",
    "oceania": "AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS",
}
REGION_OF = {country: region for region, codes in COUNTRIES.items() for country in codes.split()}


def region_of(country: str) -> str:
    """The region of a country; one that nobody told, or that is in no list, is not told."""
    return REGION_OF.get(country, UNKNOWN)
