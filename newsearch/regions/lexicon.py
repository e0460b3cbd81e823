"""The words around a name that tell what it means in news text, all in lower case.

Collected from newsroom usage (police, courts, councils and offices are named after their
region) and checked against articles; each set says what its words do to the name beside them.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Before a name: an office, a title or a word for the kind of region; the name is a region.
# Bupati and Pemkab exist only in a kabupaten, Wali Kota and Pemkot only in a kota.
KABUPATEN_CUES = _words(
    "kabupaten kab bupati wabup cabup cawabup pilbup pemkab sekkab sekdakab regency dprk"
)
KOTA_CUES = _words(
    "kota kotamadya walikota wawali wawalkot wako cawalkot pilwalkot pilwako pilwali pemkot"
    " sekkot polrestabes kapolrestabes satpolrestabes mapolrestabes"
)
PROVINSI_CUES = _words(
    "provinsi propinsi prov gubernur wagub cagub cawagub pilgub pemprov polda kapolda"
    " wakapolda mapolda kejati kajati sekdaprov pergub"
)
# A police resort is named after its kabupaten; that of a kota of the same name adds 'Kota'.
RESORT_CUES = _words("polres kapolres wakapolres mapolres polresta kapolresta mapolresta resor")
OFFICE_CUES = _words(
    "pemda dprd kejari kajari kodim dandim rsud bpbd kpu kpud bawaslu panwaslu dishub dinkes"
    " disdik disdikbud dinsos diskominfo disnaker dispar dispora disperindag disdukcapil dlh pupr"
    " bapenda bappeda bkd bkpsdm bpkad satpol damkar pdam perumda baznas forkopimda kemenag"
    " bpn bps bnn bnnk bnnp lapas rutan koni mui pn pengadilan negeri kejaksaan"
    " sekda kesehatan pendidikan perhubungan sosial pariwisata basarnas sar kanwil pwi pmi"
    " tni lanal lanud bmkg bksda kip satreskrim satlantas satresnarkoba pemerintah"
    " bea cukai imigrasi"
)
KECAMATAN_CUES = _words(
    "kecamatan kec distrik kapanewon kemantren camat polsek kapolsek polsekta koramil danramil"
    " sektor"
)
# Words that announce a village, by what it is called across the country, and its head.
VILLAGE_CUES = _words(
    "desa kelurahan kel nagari gampong pekon kampung tiyuh kalurahan lembang lurah kades keuchik"
    " geuchik peratin pemdes"
)
LOCAL_CUES = (
    KECAMATAN_CUES | _words("kapolsek wakapolsek mapolsek kapolsekta") | VILLAGE_CUES
) - _words("sektor")
# Words that stick to the end of a name where a blank was lost: none of them ends a word that
# starts like a name.
GLUED_AFTER = _words(
    "pagi siang sore malam dini dan yang untuk dengan pada dari akan telah sudah saat ini itu"
    " juga tidak bisa sebagai menjadi dalam oleh karena mengatakan menyebut hari senin selasa"
    " rabu kamis jumat sabtu minggu kata ujar setelah kemarin terkait"
)
# Before a name: the name belongs to a village, a street, a sea or a thing, not to a region.
NOT_REGION_BEFORE = _words(
    "desa kelurahan kel dusun kampung gampong nagari pekon jalan jl jln jend gang gg komplek"
    " perumahan perum blok tol selat laut samudera sungai kali pt cv nasi masakan sate soto"
    " kata ujar ucap tutur jelas ungkap tegas papar imbuh pak bu bapak ibu mas mbak bang gus"
    " warkop bengawan kh ustaz ustad habib haji hj ir drs dr aiptu aipda bripka brigadir iptu"
    " ipda akp kompol akbp kombes irjen brigjen letkol mayor kapten serka"
)
# Before a name, these weigh it less: where a person came from, a club, a school, a company.
WEAK_BEFORE = _words(
    "asal kelahiran eks mantan persib persija persebaya arema persis psis pss psim psm psms"
    " persik persela persita persiraja persipura semen sriwijaya bhayangkara barito borneo madura"
    " bank universitas univ institut iain uin stain unika ikip politeknik poltekkes istana"
    " bandara pelabuhan terminal danau menuju ke dari tujuan hotel alumni kelompok suku bahasa"
    " batik kopi rute arah"
)
# Lower-case words after which a capitalised word is a place.
PREPOSITIONS = _words(
    "di ke dari dalam sekitar daerah wilayah kawasan warga masyarakat polisi wisata mudik hingga"
    " sampai antara se seluruh asal pemerintah penduduk area pesisir perbatasan"
)
ALL_CUES = KABUPATEN_CUES | KOTA_CUES | PROVINSI_CUES | RESORT_CUES
# After a name: it is part of the name of a club, a firm or an event.
NOT_REGION_AFTER = _words(
    "fc united post tv open express airlines convention international internasional fair"
    " putra putera culinary marathon fashion stock pos ekspres city's bc hornbills"
)

# Names that are common words, people or places elsewhere: they count once something says so
# (an office before them, their province after them, a dateline).
NEED_CUE = _words(
    "batu puncak metro buru batang landak kuningan malaka manggarai sigi tual bone ende agam"
    " lingga pati bima batubara kotabaru solo toba kudus natuna mitra mura tala matra madina"
    " palas balam babar basel bateng tuba sarai mabar galus atam abar agara meranti rote balut"
    " barut kobar loteng sula aru pijay touna lambar taput gunungmas intanjaya 50kota oi"
    " tts ktt ppu ksb klu kkr kku hst hss hsu sbb sbt sbd mtb mbd kkt pbd nad kbb abdya siantar"
    " dkj karo kaur muna alor belu subang halut morut lutim lutra torut"
)
# 'di Puncak', 'di Kuningan' and 'di Manggarai' are near or in Jakarta.
NEVER_AFTER_PREPOSITION = _words(
    "puncak kuningan manggarai malaka mitra batubara tts ktt ppu ksb nad kbb oi tala palas"
    " madina mura matra babar basel tuba belu kotabaru subang"
)
# Names that are also words: at the start of a sentence or in a title they count only when the
# article uses them elsewhere as a place.
ALSO_WORDS = _words(
    "bangka banjar belitung bengkayang bintan bogor garut jember jembrana jombang kendal"
    " ketapang kupang langkat lebak malang medan padang palu paser poso rembang sabang sampang"
    " serang siak solok sorong tapin tegal tuban demak barru asahan kapuas samosir maros gowa"
    " tasik biak banggai"
)
# Names that who types them without 'kota' or 'kabupaten' more likely means as words.
WORDS_FIRST = _words(
    "batu serang puncak buru batang landak kuningan lebak tapin malaka sula tala matra balam babar"
    " palas barut rote toba mitra galus atam abar agara bima madina"
)
# Seats of government that are words or lie in several kabupaten.
POOR_SEATS = _words(
    "sumber negara tanjung rantau mulia limapuluh tanahmerah parigi benteng simpangempat"
    " tebingtinggi gunungtua telukdalam baa fef soe karangbaru kotapinang kotaagung martapura"
    " sukadana sungairaya cakung salak manna lotu gido raha rumbia bula piru maba koba"
    " pangkajene muarabungo arso koto waris padangaro tais anggi dekai kepi borong"
)

# Who and what makes news national or foreign. Clubs are here because their league is national.
NATIONAL = (
    "DPR|DPR RI|MPR|DPD RI|KPK|Presiden|Wapres|Wakil Presiden|Jokowi|Joko Widodo|Prabowo|"
    "Menteri|Menko|Menkeu|Mendagri|Mendikbud|Menkumham|Menhub|Menkes|Menag|Mentan|Menhan|"
    "Menaker|Mensos|Mensesneg|Menkominfo|Menpora|Wamen|Kementerian|Kemenkeu|Kemendagri|"
    "Kemendag|Kemenhub|Kemenkes|Kemendikbud|Kapolri|Mabes Polri|Bareskrim|Panglima TNI|"
    "Kejagung|Kejaksaan Agung|Jaksa Agung|Mahkamah Agung|Mahkamah Konstitusi|BUMN|RUU|"
    "Undang-Undang|UU|Perppu|APBN|Komisi I|Komisi II|Komisi III|Baleg|Fraksi|Istana Negara|"
    "Istana Kepresidenan|Istana Merdeka|Bank Indonesia|OJK|Timnas|Timnas Indonesia|PSSI|"
    "PBSI|Kemenpora|Liga 1|Liga 2|Liga 3|Persib|Persija|Persebaya|Arema FC|"
    "PSM Makassar|Bali United|Persipura|Semen Padang FC|Barito Putera|Borneo FC|Madura United|"
    "Kalteng Putra|PSS Sleman|PSIS Semarang|Persela|Persikabo|Capim|Pilpres|Capres|Cawapres|"
    "Nasdem|PDIP|Golkar|Gerindra|PKS|PKB|"
    "Indonesia"
)
FOREIGN = (
    "Malaysia|Singapura|Thailand|Vietnam|Filipina|Myanmar|Kamboja|Laos|Brunei|Timor Leste|"
    "Jepang|Tokyo|Osaka|China|Tiongkok|Beijing|Shanghai|Hong Kong|Hongkong|Wuhan|Taiwan|"
    "Korea|Korea Selatan|Korea Utara|Korsel|Korut|Seoul|India|New Delhi|Pakistan|Bangladesh|"
    "Afghanistan|Iran|Teheran|Irak|Suriah|Israel|Gaza|Palestina|Arab Saudi|Saudi|Mekah|Makkah|"
    "Mekkah|Madinah|Jeddah|Riyadh|Qatar|Doha|Dubai|Uni Emirat Arab|Yaman|Turki|Istanbul|Mesir|"
    "Amerika|Amerika Serikat|AS|Washington|New York|Los Angeles|California|Texas|Florida|"
    "Gedung Putih|Trump|Biden|Kanada|Meksiko|Brasil|Brazil|Argentina|Chile|Kolombia|Inggris|"
    "London|Manchester|Liverpool|Chelsea|Arsenal|Tottenham|Prancis|Perancis|Paris|Jerman|"
    "Berlin|Italia|Roma|Milan|Turin|Juventus|Inter|Spanyol|Madrid|Barcelona|Real Madrid|"
    "Belanda|Amsterdam|Belgia|Swiss|Swedia|Norwegia|Denmark|Rusia|Moskow|Ukraina|Kiev|Polandia|"
    "Portugal|Yunani|Austria|Hungaria|Australia|Sydney|Melbourne|Selandia Baru|Papua Nugini|"
    "Kuala Lumpur|Bangkok|Hanoi|Manila|PBB|NATO|Uni Eropa|Eropa|Afrika|Nigeria|Kenya|"
    "Liga Inggris|Premier League|Liga Italia|Serie A|La Liga|Liga Champions|Bundesliga|MotoGP|"
    "Hollywood|Nigeria|Somalia|Ethiopia|Sudan|Libya|Maroko|Aljazair|Tunisia|Lebanon|Yordania"
)
