"""Generates the folding tables.

    python3 src/text/fold/tables.py OPENCC_DICTIONARY_FOLDER UNICODE_FOLDER

OPENCC_DICTIONARY_FOLDER contains the dictionaries of OpenCC (Apache-2.0) as text. UNICODE_FOLDER contains the Unicode
Character Database 15.0 and Unihan (Unicode License V3), as Debian's package `unicode-data` installs them.

variants.txt: one class of variant characters per line, its representative (the lowest code point) first. See
`variant_classes`.

mappings.txt: what one character folds to, where that is not its simple lower case. A line is a character followed by
its replacement, or a tab, the first and the last of a run of characters, and the first of a run of replacements.

marks.txt: combining marks and compositions. A line of the first part is a number (the canonical combining class),
and pairs of the first and last mark of a run. A line of the second part, after an empty line, is the second character
of a composition, and pairs of a first character and what both compose to.
"""

import bz2
import pathlib
import sys

here = pathlib.Path(__file__).parent
dictionaries, unicode_data = map(pathlib.Path, sys.argv[1:3])


def lines_of(path):
    text = bz2.open(path, "rt", encoding="utf-8") if path.suffix == ".bz2" else path.open(encoding="utf-8")
    with text:
        for line in text:
            line = line.partition("#")[0].strip("\n ")
            if line:
                yield line


def char_range(text):
    first, _, last = text.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


# Characters that stand for the same sign, each with the one that they fold to.
SIGNS = {
    # Names and dates are written with any of them: J.K.罗琳, 亚当·米克维奇, 9・11.
    ".": "·‧•∙⋅・⸱⸳ꞏ᛫●⦁",
    "'": "’‘‚‛ʼʹʻʽˈ′‵՚׳ꞌ`´‹›『』﹃﹄",
    '"': "“”„‟«»″‶〝〞〟「」﹁﹂״˝",
    "-": "‐‑‒–—―−⁃˗⸺⸻⸗֊־➖─",
    "/": "⁄∕",
    ":": "∶ː꞉",
    "~": "〜∼˜⁓",
    "〇": "○◯",
    "一": "ㄧ",
}
SIGN_OF = {sign: plain for plain, signs in SIGNS.items() for sign in signs}

# Letters of display styles that Unicode does not decompose.
STYLED = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz"))
for first in (0x1F150, 0x1F170):
    STYLED |= {chr(first + at): chr(ord("a") + at) for at in range(26)}
# Its capital is that of an ordinary i.
STYLED["ı"] = "i"
# Voicing marks that stand after a kana of ordinary width.
STYLED |= {"゛": "\u3099", "゜": "\u309a"}

simple_lower = {}
combining = {}
decomposition = {}
for line in lines_of(unicode_data / "UnicodeData.txt"):
    fields = line.split(";")
    char = chr(int(fields[0], 16))
    simple_lower[char] = chr(int(fields[13], 16)) if fields[13] else char
    combining[char] = int(fields[3])
    if fields[5] and not fields[5].startswith("<"):
        decomposition[char] = "".join(chr(int(part, 16)) for part in fields[5].split())

casefold = {}
excluded = set()
for line in lines_of(unicode_data / "DerivedNormalizationProps.txt"):
    fields = [field.strip() for field in line.split(";")]
    if fields[1] == "NFKC_CF":
        for code in char_range(fields[0]):
            casefold[chr(code)] = "".join(chr(int(part, 16)) for part in fields[2].split())
    elif fields[1] == "Full_Composition_Exclusion":
        excluded |= set(map(chr, char_range(fields[0])))

radical = {}
for line in lines_of(unicode_data / "EquivalentUnifiedIdeograph.txt"):
    codes, _, ideograph = line.partition(";")
    radical |= {chr(code): chr(int(ideograph, 16)) for code in char_range(codes.strip())}


def mapping(char):
    """Returns what a character folds to, before variants; `None` if it stays as it is or is ignored."""
    plain = STYLED.get(char) or radical.get(char) or casefold.get(char, char)
    if char == "İ":
        plain = "i"
    # Standalone accents would become a space and an accent, which is useless for search.
    if plain[:1].isspace() and char not in SIGN_OF:
        return None
    return "".join(SIGN_OF.get(c) or STYLED.get(c, c) for c in ([char] if char in SIGN_OF else plain))


def mapping_lines():
    folded = {}
    for char in map(chr, range(0x80, 0x110000)):
        if "\ud800" <= char <= "\udfff" or char.isspace():
            continue
        plain = mapping(char)
        if plain and plain != simple_lower.get(char, char):
            folded[char] = plain
    folded["`"] = "'"
    lines, chars = [], sorted(folded)
    at = 0
    while at < len(chars):
        first = last = chars[at]
        target = folded[first]
        while len(target) == 1 and folded.get(chr(ord(last) + 1)) == chr(ord(target) + ord(last) + 1 - ord(first)):
            last = chr(ord(last) + 1)
        length = ord(last) - ord(first) + 1
        lines.append(f"\t{first}{last}{target}" if length > 2 else first + target)
        at += length if length > 2 else 1
    return lines


def folds_to_itself(char):
    return mapping(char) in (None, char) and simple_lower.get(char, char) == char


def mark_lines():
    runs = []
    for char, number in sorted(combining.items()):
        if number:
            if runs and runs[-1][0] == number and ord(runs[-1][2]) + 1 == ord(char):
                runs[-1][2] = char
            else:
                runs.append([number, char, char])
    classes = {}
    for number, first, last in runs:
        classes[number] = classes.get(number, "") + first + last
    lines = [f"{number}{runs}" for number, runs in sorted(classes.items())]
    # İ folds to i, so its decomposed form loses the dot as well.
    compositions = {"\u0307": "ii"}
    for char, parts in sorted(decomposition.items()):
        # Text is folded before it is composed, so capitals never occur.
        if len(parts) == 2 and char not in excluded and all(map(folds_to_itself, char + parts)):
            compositions[parts[1]] = compositions.get(parts[1], "") + parts[0] + char
    return lines + [""] + [second + pairs for second, pairs in sorted(compositions.items())]


# Pairs of the Japanese dictionary whose simpler character is another word in Chinese: plants and arts, Shanghai and
# filters, I and the province of Henan.
OTHER_WORDS = set("芸藝 欠缺 缶罐 沪濾 予豫 連聯 弁辨 弁辯 弁瓣".split())

# Pairs of Unihan's semantic variants that a reader would not expect: other words today, or radicals.
UNEXPECTED = set(
    "乚隱 亻人 亼集 伭玄 冫冰 刂刀 刓园 勹包 卍万 卍萬 厶某 埶藝 塢鄔 創戧 巛川 嬌撟 寔實 寘置 忄心 恩摁 唉欸 扌手 劈擗 挫繲 "
    "标檁 档檔 檔欓 氜陽 氜阳 氵水 泄渫 洩渫 泉洤 灬火 爫爪 牜牛 犭犬 瞥苤 砌纖 礻示 穫檴 籃箖 槓篢 簫箾 糹糸 艹草 艸艹 蚝螆 蛋疍 "
    "衤衣 飠食 㓁网 㣺心 誩競 牟麰 吨啍 啖㗖 柳檉 樓廔 靦覥 簌雝 踹跴 偺昝 儆警 埼崎 埼嵜 埼碕 埼陭 埼﨑 崎埼 幵开 摡溉 崔磪 健徤".split()
)

# Pairs that both dictionaries lack or that link two everyday characters: forms of old print (ISO/IEC 10646, annex S,
# source separation), and of the first list of variant characters of 1955, in which a common character set has both.
ADDED = """
仞仭 券劵 告吿 唧喞 喻喩 嚏嚔 圓圎 圖圗 埒埓 壽夀 妍姸 婕媫 孳孶 寧寜 尚尙 屏屛 巔巓 廄廏 彙彚 彜彛 悳惪 清淸 溉漑 潛濳
熙煕 翱翶 諫諌 輜輺 迸逬 邢郉 青靑 韌靭 靭靱 顛顚 飲飮 馱駄 駢騈 高髙 鬬鬭 鳳鳯 國囯 煢焭 吞呑 偷偸 刃刄 刊刋 俞兪 捏揑
昂昻 篡簒 羹羮 尷尶
炮砲 炮礮 粘黏 熔鎔 你妳 球毬 衔啣 辣辢 霓蜺 鞋鞵 窗窓 岡崗 棋碁 雁鴈 柏栢 迪廸 曜燿 鬥鬬 鬥鬦 彷徬 睿叡 坑阬 剩賸 倘儻
嶝磴 瘉癒 愈瘉 暖煖 暖煗 強彊 薯藷 棱楞 楞稜 咱喒 碰踫 年秊 匹疋 照炤 草艸 富冨 島嶋 園薗 瓷甆
杯桮 膀髈 榜牓 斃獘 稗粺 幫幚 鉢盋 嗔瞋 睬倸 踩跴 策筴 創剏 創剙 船舩 捶搥 醇醕 淳湻 辭辤 悴顇 耽躭 蒂蔕 疊曡 疊疉 碇椗
碇矴 兜兠 厄阨 罰罸 法灋 繁緐 翻繙 廢癈 俯俛 附坿 戛戞 嘎嘠 扛摃 槁槀 粳稉 粳粇 鯁骾 躬躳 構搆 罐鑵 規槼 瑰瓌 悍猂 焊銲
焊釬 皓皜 皓暠 盍盇 獾貛 歡讙 歡驩 蛔蛕 蛔蜖 期朞 鑒鍳 繭蠒 叫呌 剿勦 脛踁 迥逈 眷睠 倦勌 侃偘 炕匟 窺闚 昆崐 懶嬾 廉亷
奩匲 斂歛 磷燐 菱蔆 留畱 柳桺 戮剹 戮勠 卯夘 冒冐 梅楳 眯瞇 泯冺 饃饝 謨謩 畝畮 奶嬭 楠柟 嫩嫰 裊嬝 裊褭 寧寕 農辳 衄衂
糯穤 愆諐 憔癄 寢寑 勤懃 琴琹 鰍鰌 裙帬 裙裠 飪餁 絨羢 箬篛 桑桒 蛇虵 參葠 參蓡 時旹 柿柹 倏倐 庶庻 似佀 蘇蘓 眺覜 筒筩
峒峝 頹穨 臀臋 駝駞 蛙鼃 浣澣 吻脗 蚊螡 效傚 燮爕 携擕 胸胷 徇狥 鴉鵶 燕鷰 岩嵒 艷豓 夭殀 野壄 因囙 淫滛 陰隂 雍雝 匝帀
簪簮 唣唕 榨搾 盞琖 氈氊 嶄嶃 棹櫂 浙淛 址阯 侄姪 磚塼 撰譔 饌籑 桌槕 鬃騌 鬃騣 最冣 酬詶 喂餧 睹覩 輝煇 動働 晚晩
"""


def in_charset(char, *charsets):
    for charset in charsets:
        try:
            char.encode(charset)
            return True
        except UnicodeEncodeError:
            pass
    return False


def is_everyday(char):
    """True for the first levels of GB 2312 and Big5, the characters of ordinary texts."""
    gb = char.encode("gb2312", "ignore")
    big5 = char.encode("big5", "ignore")
    return b"\xb0\xa1" <= gb <= b"\xd7\xfe" or b"\xa4\x40" <= big5 <= b"\xc6\x7e"


class Classes:
    def __init__(self):
        self.parent = {}

    def root(self, char):
        while self.parent.setdefault(char, char) != char:
            char = self.parent[char]
        return char

    def join(self, one, other):
        low, high = sorted([self.root(one), self.root(other)])
        self.parent[high] = low

    def members(self):
        classes = {}
        for char in sorted(self.parent):
            classes.setdefault(self.root(char), []).append(char)
        return classes


def unihan(*files):
    for name in files:
        for line in lines_of(unicode_data / f"Unihan_{name}.txt.bz2"):
            code, field, values = line.split("\t")
            for value in values.split(" "):
                yield chr(int(code[2:], 16)), field, value


def variant_classes():
    """Returns the classes of variant characters: the transitive union of

    - OpenCC's dictionaries of Simplified, Traditional, Taiwan, Hong Kong and Japanese forms;
    - Unihan's kZVariant, kSimplifiedVariant and kTraditionalVariant;
    - Unihan's kSemanticVariant, where it links a rare character of a common character set to one class of everyday
      characters: of two everyday characters both are words of their own;
    - the pairs of `ADDED`.

    Beyond the basic plane only the characters of the list of 2013 (kTGH) and their variants are taken: the app carries
    every line.
    """
    standard = {char for char, field, _ in unihan("OtherMappings", "DictionaryLikeData") if field == "kTGH"}
    classes = Classes()

    def join(one, other):
        is_basic = max(one, other) < "\U00010000"
        is_unexpected = one + other in OTHER_WORDS or other + one in OTHER_WORDS
        if (is_basic or standard & {one, other}) and not is_unexpected:
            classes.join(one, other)

    for name in ["STCharacters", "TSCharacters", "TWVariants", "HKVariants", "JPShinjitaiCharacters"]:
        for line in lines_of(dictionaries / f"{name}.txt"):
            char, _, variants = line.partition("\t")
            for variant in variants.split():
                if len(char) == len(variant) == 1:
                    join(char, variant)
    semantic = {}
    for char, field, value in unihan("Variants"):
        variant = chr(int(value.partition("<")[0][2:], 16))
        if field in ("kZVariant", "kSimplifiedVariant", "kTraditionalVariant"):
            join(char, variant)
        elif field == "kSemanticVariant" and {char + variant, variant + char}.isdisjoint(UNEXPECTED):
            semantic.setdefault(char, set()).add(variant)
            semantic.setdefault(variant, set()).add(char)
    everyday = {root for root, members in classes.members().items() if any(map(is_everyday, members))}
    rare = {}
    for char in sorted(semantic):
        if is_everyday(char) or classes.root(char) in everyday:
            continue
        roots = {
            classes.root(other)
            for other in semantic[char]
            if classes.root(other) in everyday or is_everyday(other)
        }
        if len(roots) == 1 and in_charset(char, "gb2312", "big5hkscs", "shift_jis", "euc_kr"):
            rare[char] = roots.pop()
    for char, root in rare.items():
        classes.join(char, root)
    for one, other in ADDED.split():
        classes.join(one, other)
    return ["".join(members) for members in classes.members().values() if len(members) > 1]


def write(name, lines):
    (here / name).write_text("\n".join(lines) + "\n", "utf-8")


write("mappings.txt", mapping_lines())
write("marks.txt", mark_lines())
write("variants.txt", variant_classes())
