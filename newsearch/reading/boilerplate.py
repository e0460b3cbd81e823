"""What stands around an article on Indonesian news sites, as patterns.

Each group is a list of phrases for a line without its bullets and outer punctuation, in small
letters; they are the words of the trade and name no site.
"""

from __future__ import annotations

import re


def _whole(*phrases: str) -> re.Pattern[str]:
    """A pattern for lines that are one of the phrases and nothing else (use fullmatch)."""
    return re.compile("|".join(phrases), re.IGNORECASE)


def _start(*phrases: str) -> re.Pattern[str]:
    """A pattern for lines that start with one of the phrases (use match)."""
    return re.compile(rf"\W*(?:{'|'.join(phrases)})", re.IGNORECASE)


PROMO = _start(
    r"(?:baca|simak|lihat|tonton)\s*(?:juga|pula|selengkapnya|artikel lainnya)\s*[:,»>–-]+\s*\S",
    r"(?:baca juga|simak juga|berita terkait|artikel terkait|also read|read also)\s+\S.{15,}",
    r"ikuti (?:perkembangan|kami|berita)",
    r"(?:dan )?ikuti (?:saluran |kanal )?whatsapp",
    r"dapatkan (?:update|informasi|pilihan|berita)",
    r"(?:cek|follow) berita",
    r"gabung\b",
    r"jangan sampai ketinggalan",
    r"jangan lewatkan\b.*:",
)

LIST_HEAD = _whole(
    r"(?:kumpulan )?(?:berita|artikel|news|post(?:ingan)?|video|foto|konten)\s+(?:terkait|terbaru"
    r"|terkini|lain|lainnya|populer|terpopuler|pilihan|utama|rekomendasi|serupa|sebelumnya"
    r"|selanjutnya|trending|hari ini)",
    r"(?:baca|lihat|simak) juga",
    r"baca selengkapnya",
    r"(?:foto video )?terkait",
    r"terpopuler|terkini|terbaru|populer|terkomentari|trending|trending tags?",
    r"rekomendasi(?: .{0,30})?",
    r"related(?: \w+)?",
    r"(?:most )?popular(?: \w+)?",
    r"(?:latest|recent)(?: \w+)?",
    r"top news|headlines?",
    r"jangan lewatkan",
    r"ringkasan(?: berita)?",
    r"you (?:may|might) .*",
    r"read (?:also|more)|also read",
    r"topik (?:pilihan|terkait)",
    r"paling banyak di\w+",
)

END = _whole(
    r"komentar(?: (?:pembaca|anda))?",
    r"\d+ (?:komentar|comments?)|comments?",
    r"leave a (?:reply|comment)",
    r"tinggalkan (?:balasan|komentar)",
    r"berikan komentar.*",
    r"(?:post|kirim|posting|tulis) (?:a )?(?:comment|komentar)",
    r"share this|bagikan(?: (?:ini|ke|artikel|berita).*)?|halaman ini",
    r"rate artikel ini",
    r"langganan(?: newsletter.*)?",
    r"posting lebih baru.*",
    r"kirimkan ini lewat.*",
    r"copyright.*|©.*|hak cipta.*|all rights? reserved.*",
    r"jadilah yang pertama.*|be the first to comment",
    r"disclaimer.*",
    r"selengkapnya|load more|lihat semua",
    r"follow us.*|ikuti kami.*",
)

TAGS = re.compile(
    r"(?:tags?|label|topik|kata kunci|keywords?)\s*(?::|$)|#\s?\w+(?:\s+#\w+)*$", re.IGNORECASE
)

NOISE = _whole(
    r"(?:url|link|tautan)\s+(?:ber)?hasil\s+(?:di)?(?:copy|salin).*|copy link.*",
    r"(?:advertisement|adv|iklan|sponsored|konten media partner)(?: (?:by|oleh)\b.{0,40})?",
    r"scroll\b.{0,80}|.*\b(?:geser|gulir) ke (?:atas|bawah).*",
    r"lanjutkan membaca.*|baca berita tanpa iklan.*",
    r"waktu baca.*|.*\bmin(?:utes?)? read",
    r"tim redaksi",
    r"sosmed-.*|zoom-in.*|perbesar|ukuran huruf.*",
    r"dipublikasikan di.*",
    r"\d+ ?shares?|share on .*|click to .*|.*\bopens in new window\)?",
    r"lihat foto\b.{0,20}",
    r"(?:\d{1,2}\s*)?komentar \d+",
    r"read \d+ times",
    r"(?:berita ini |telah )?di(?:baca|lihat)\s*:? [\d.,]+k?(?: kali)?",
    r"berita ini [\d.,]+ kali di(?:baca|lihat)",
    r"[\d.,]+k? (?:views?|kali dibaca|x dibaca|hits)",
)

NOISE_WORDS = frozenset(
    """
    facebook twitter whatsapp telegram line messenger threads instagram youtube tiktok pinterest
    pin pint linkedin google google+ plus x
    copy icon email e-mail mail print cetak kirim share shares bagikan salin tautan link url like
    dislike tweet subscribe follow
    on to in via us it of the and this dan atau ini a a+ a-
    home beranda login register masuk daftar menu search cari indeks index rss scroll more close
    tutup hide perbesar selengkapnya halaman
    advertisement iklan ads
    komentar comment comments view views hits kali dibaca dilihat
    """.split()
)
"""A line of nothing but these and numbers is buttons and counters."""

ROLES = (
    r"(?:di)?tulis(?: oleh)?|penulis|reporter|pewarta|peliput|kontributor|jurnalis|wartawan"
    r"|laporan|editor|redaktur|red|penyunting|sumber|source|oleh|by|author|photographer"
    r"|fotografer|foto oleh"
)
BYLINE = re.compile(
    rf"\W*(?:{ROLES})\s*[:|].{{0,120}}$|\W*(?:{ROLES})$"
    r"|laporan (?:wartawan|reporter|kontributor|jurnalis|koresponden|tim|langsung|dari)\b.{2,80}$"
    # Without a colon it is a by-line only with a name's few words: headlines start with these too.
    r"|(?:reporter|ditulis oleh|diterbitkan oleh|by|oleh|penulis|pewarta)(?: [\w.,'’-]+){1,4}$"
    r"|kontributor(?: [\w.'’-]+){1,4}(?:,|$).{0,40}$",
    re.IGNORECASE,
)
CLOSING_BYLINE = re.compile(
    r"\W*(?:(?:di)?tulis(?: oleh)?|penulis|reporter|pewarta|peliput|editor|redaktur|penyunting)"
    r"\s*:",
    re.IGNORECASE,
)
"""A by-line that stands below a text, not inside it as 'Sumber:' below a picture may."""

# With their capitals: '(antara 340 dan 700 orang)' is no credit.
_CREDIT = (
    r"(?-i:[Dd]ok(?:umentasi)?\b|DOK|[Ii]st(?:imewa)?\b|IST\b|[Ff]oto|FOTO|[Pp]hoto|Antara|ANTARA"
    r"|iStock|Shutterstock|Reuters|REUTERS|AFP\b|Getty|Screenshot|Tangkapan|[Ii]lustrasi|Freepik"
    r"|Unsplash|Net\b|Instagram|Twitter)"
)
CAPTION = re.compile(
    r"^(?:foto|ilustrasi|caption|dok(?:umentasi)?|gambar|photo)\b\s*[:.–-]"
    # '(ANTARA FOTO/Budi)' and '(Dok. Istimewa)', but not '(jhr/met)' and '(16/5)'.
    rf"|[(\[](?:[^()\[\]]{{0,60}}\W)?(?:(?:{_CREDIT})|[a-z]{{4,}}/[a-z]+|[a-z]+/[a-z]{{5,}})"
    r"[^()\[\]]{0,60}[)\]]\W{0,5}$"
    r"|©\s?\S"
    # 'Foto: Budi' at the end, but not 'kapal naik dok. (ica)'.
    r"|\b(?-i:Foto|FOTO|Doc|DOC|Dok|DOK|Photo)\s?[.:/]\s?\S.{0,60}$"
    r"|^[A-Z][\w .]{2,40}\s?/\s?[A-Z][\w .]{2,40}$"
    r"|^[\w .]{2,30}/ [A-Z]{3,}",
    re.IGNORECASE,
)

DATE_COMPANY = re.compile(
    r"\b(?:senin|senen|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|wib|wita|wit|pukul|jam|date|on"
    r"|at|by|pada|di(?:terbitkan|perbarui|publikasikan|posting|unggah|baca|lihat)|tayang|published"
    r"|updated?|last|posted|tanggal|views?|kali|hits|share|komentar|oleh|terbit|monday|tuesday"
    r"|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun)\b",
    re.IGNORECASE,
)
"""Words that stand beside the date of an article and make its line no less a date line."""
