"""Words in names of organisations that say which sort of body it is: those in which two names differ when they name two bodies.

Written by hand from how universities, hospitals, institutes and offices of the six countries are named in seven languages. In
languages with blanks a word counts as a whole (without tone marks), in the others wherever its letters stand.
"""

from typing import Final

# A body of this sort beside one without the word is a part or a neighbour of it: X and the hospital of X.
UNITS: Final[dict[str, str]] = {
    "faculty": "faculty faculties คณะ ຄະນະ មហាវិទ្យាល័យ မဟာဌာន",
    "department": "department dept division bureau section ภาควิชา ພາກວິຊາ ដេប៉ាតឺម៉ង់ ဌာန 学系 部门",
    "campus": "campus วิทยาเขต ວິທະຍາເຂດ 校区 ទីតាំង ဝိဇ္ဇာကျောင်းခွဲ",
    "branch": "branch affiliate subsidiary สาขา ສາຂາ 分校 分院 分公司 分行 分所 សាខា ဌာနခွဲ",
    "affiliated": "affiliated attached teaching 附属 附設 ในสังกัด",
    "hospital": "hospital hospitals clinic โรงพยาบาล ໂຮງໝໍ ໂຮງຫມໍ 医院 មន្ទីរពេទ្យ ဆေးရုံ",
    "laboratory": "laboratory laboratories lab labs ห้องปฏิบัติการ ຫ້ອງທົດລອງ ຫ້ອງວິໄຈ 实验室 មន្ទីរពិសោធន៍ ဓာတ်ခွဲခန်း",
    "centre": "centre center centres centers ศูนย์ ສູນ 中心 មជ្ឈមណ្ឌល ဗဟိုဌာန",
    "press": "press publishing publisher สำนักพิมพ์ ສຳນັກພິມ 出版社 គ្រឹះស្ថានបោះពុម្ព ပုံနှိပ်တိုက်",
    "library": "library libraries หอสมุด ຫໍສະໝຸດ 图书馆 បណ្ណាល័យ စာကြည့်တိုက်",
    "museum": "museum พิพิธภัณฑ์ ຫໍພິພິທະພັນ 博物馆 សារមន្ទីរ ပြတိုက်",
    "foundation": "foundation มูลนิธิ ມູນນິທິ 基金会 មូលនិធិ ဖောင်ဒေးရှင်း",
    "association": "association society union federation สมาคม ສະມາຄົມ 协会 学会 សមាគម အသင်း",
    "company": "company corporation ltd limited enterprise บริษัท ບໍລິສັດ 公司 ក្រុមហ៊ុន ကုမ္ပဏီ",
    "alumni": "alumni ศิษย์เก่า 校友",
    "station": "station สถานี ສະຖານີ 试验站 ស្ថានីយ စခန်း",
    "park": "park incubator อุทยาน ສວນ 园区 科技园 孵化器 ឧទ្យាន",
    "graduate": "graduate postgraduate บัณฑิตวิทยาลัย 研究生院",
}

# What sort of whole body it is. Two names that each say one and not the same one name two bodies.
LEVELS: Final[dict[str, str]] = {
    "university": "university universities universitas มหาวิทยาลัย ມະຫາວິທະຍາໄລ 大学 សាកលវិទ្យាល័យ តក្កសិលា တက္ကသိုလ်",
    "college": "college colleges polytechnic วิทยาลัย ວິທະຍາໄລ 学院 专科学校 វិទ្យាល័យ ကောလိပ်",
    "school": "school schools lycee kindergarten โรงเรียน ໂຮງຮຽນ 学校 中学 小学 幼儿园 សាលា အထက်တန်းကျောင်း",
    "institute": "institute institutes institution สถาบัน ສະຖາບັນ 研究所 研究院 វិទ្យាស្ថាន အင်စတီကျု",
    "academy": "academy academies บัณฑิตยสถาน ສະຖາບັນບັນດິດ 科学院 រាជបណ្ឌិត្យសភា အကယ်ဒမီ",
    "ministry": "ministry กระทรวง ກະຊວງ ក្រសួង ဝန်ကြီးဌာန",
}

# Vietnamese has blanks between syllables: these are runs of them.
VIETNAMESE: Final[dict[str, str]] = {
    "hospital": "benh vien",
    "centre": "trung tam",
    "laboratory": "phong thi nghiem",
    "campus": "co so|phan hieu",
    "branch": "chi nhanh|phan vien",
    "company": "cong ty",
    "association": "hiep hoi|lien hiep",
    "foundation": "quy",
    "press": "nha xuat ban",
    "library": "thu vien",
    "museum": "bao tang",
    "station": "tram",
    "park": "khu cong nghe|vuon uom",
    "university": "dai hoc",
    "college": "cao dang",
    "school": "trung hoc|tieu hoc|mam non|truong pho thong",
    "academy": "hoc vien|vien han lam",
    "institute": "vien",
    "ministry": "bo",
}

# A field of work that one name has and the other lacks makes another body: University of X, X University of Medicine.
FIELDS: Final[dict[str, str]] = {
    "medicine": "medicine medical แพทย ແພດ 医科 医药 医学 វេជ្ជសាស្ត្រ ဆေးတက္ကသိုလ် ဆေးပညာ",
    "health": "health สุขภาพ ສຸຂະພາບ 卫生 សុខាភិបាល ကျန်းမာရေး",
    "nursing": "nursing nurses พยาบาลศาสตร์ 护理 គិលានុបដ្ឋាក သူနာပြု",
    "pharmacy": "pharmacy pharmaceutical เภสัช 药科 药学 ឱសថ",
    "dentistry": "dental dentistry ทันต 口腔 ទន្ត សွား",
    "traditional": "traditional แผนไทย 中医 中医药",
    "agriculture": "agriculture agricultural เกษตร ກະສິກຳ 农业 农科 កសិកម្ម စိုက်ပျိုးရေး",
    "forestry": "forestry forest ป่าไม้ ປ່າໄມ້ 林业 ព្រៃឈើ သစ်တော",
    "fisheries": "fisheries fishery aquaculture ประมง ປະມົງ 水产 ជលផល ရေလုပ်ငန်း",
    "veterinary": "veterinary สัตวแพทย ສັດຕະວະແພດ 兽医 បសុពេទ្យ မွေးမြူရေး",
    "technology": "technology technological เทคโนโลยี ເຕັກໂນໂລຊີ 科技 工业 理工 បច្ចេកវិទ្យា နည်းပညာ",
    "engineering": "engineering วิศวกรรม ວິສະວະກຳ 工程 វិស្វកម្ម အင်ဂျင်နီယာ",
    "technical": "technical vocational เทคนิค อาชีว ເຕັກນິກ 技术 职业 បច្ចេកទេស วิชาชีพ သက်မွေး",
    "education": "education educational pedagogical pedagogy teachers teacher normal ครู ຄູ 师范 教育 គរុកោសល្យ ပညာရေး",
    "law": "law legal นิติ ກົດໝາຍ 法律 政法 នីតិ ဥပဒေ",
    "economics": "economics economic economy เศรษฐ ເສດຖະສາດ 经济 សេដ្ឋកិច្ច စီးပွားရေး",
    "finance": "finance financial banking การเงิน ການເງິນ ທະນາຄານ 财经 金融 ហិរញ្ញវត្ថុ ဘဏ္ဍာရေး",
    "commerce": "commerce commercial trade business พาณิชย ການຄ້າ 商业 商学 工商 ពាណិជ្ជ ကူးသန်း",
    "arts": "arts art ศิลป ສິລະປະ 艺术 美术 សិល្បៈ အနုပညာ",
    "music": "music conservatory ดนตรี ດົນຕີ 音乐 តន្ត្រី ဂီတ",
    "sport": "sport sports physical กีฬา ກິລາ 体育 កីឡា အားကစား",
    "languages": "language languages foreign ภาษา ພາສາ 外国语 外语 ភាសា နိုင်ငံခြားဘာသာ",
    "computing": "computer computing information digital คอมพิวเตอร์ ຄອມພິວເຕີ 信息 计算机 កុំព្យូទ័រ ကွန်ပျူတာ",
    "building": "construction architecture architectural civil สถาปัตย ກໍ່ສ້າງ 建筑 សំណង់ ဗိသုကာ",
    "transport": "transport transportation railway communications ขนส่ง ຂົນສົ່ງ 交通 铁道 ដឹកជញ្ជូន ပို့ဆောင်ရေး",
    "sea": "maritime marine ocean oceanography ทะเล 海洋 海事 សមុទ្រ ရေကြောင်း",
    "mining": "mining geology geological geosciences ธรณี ບໍ່ແຮ່ 矿业 地质 រ៉ែ သတ္တု",
    "power": "electric electricity power energy พลังงาน ໄຟຟ້າ 电力 ថាមពល လျှပ်စစ်",
    "water": "water irrigation hydraulic ชลประทาน ຊົນລະປະທານ 水利 ធនធានទឹក ဆည်မြောင်း",
    "defence": "defence defense military army naval ทหาร ປ້ອງກັນ 国防 军事 陆军 海军 ការពារជាតិ တပ်မတော်",
    "police": "police security ตำรวจ ຕຳຫຼວດ 警察 公安 នគរបាល ရဲ",
    "faith": "buddhist theravada christian islamic catholic พุทธ 佛学 ព្រះពុទ្ធ ဗုဒ္ဓ",
    "women": "women womens สตรี ແມ່ຍິງ 女子 នារី အမျိုးသမီး",
    "open": "open เปิด 开放 广播电视 អនឡាញ",
    "research": "research วิจัย ວິໄຈ 研究 ស្រាវជ្រាវ သုတေသန",
    "science": "science sciences scientific วิทยาศาสตร์ ວິທະຍາສາດ 科学 វិទ្យាសាស្ត្រ သိပ္ပံ",
    "north": "north northern เหนือ ພາກເໜືອ 北方 ខាងជើង မြောက်ပိုင်း",
    "south": "south southern ใต้ ພາກໃຕ້ 南方 ខាងត្បូង တောင်ပိုင်း",
    "east": "east eastern ตะวันออก ຕາເວັນອອກ 东方 ខាងកើត အရှေ့ပိုင်း",
    "west": "west western ตะวันตก ຕາເວັນຕົກ 西方 ខាងលិច အနောက်ပိုင်း",
}

VIETNAMESE_FIELDS: Final[dict[str, str]] = {
    "medicine": "y duoc|y khoa|y te|y ha noi",
    "agriculture": "nong nghiep|nong lam",
    "forestry": "lam nghiep",
    "fisheries": "thuy san",
    "technology": "cong nghe|bach khoa",
    "technical": "ky thuat|day nghe",
    "education": "su pham|giao duc",
    "law": "luat",
    "economics": "kinh te",
    "finance": "tai chinh|ngan hang",
    "commerce": "thuong mai|ngoai thuong",
    "arts": "my thuat|nghe thuat",
    "music": "am nhac",
    "sport": "the duc|the thao",
    "languages": "ngoai ngu|ngon ngu",
    "computing": "thong tin|may tinh",
    "building": "xay dung|kien truc",
    "transport": "giao thong|van tai",
    "sea": "hang hai|hai duong",
    "mining": "mo dia chat|dia chat",
    "power": "dien luc",
    "water": "thuy loi",
    "defence": "quan su|quoc phong|luc quan|hai quan",
    "police": "canh sat|cong an|an ninh",
    "open": "mo",
    "research": "nghien cuu",
    "science": "khoa hoc",
    "north": "mien bac",
    "south": "mien nam",
}

# Small words that carry nothing.
_SMALL = (
    "the of and for in at on to a an de la le les et du des van von & cua va tai cho ve cac thuoc truong "
    "public co ltd main 本部 总部 "
)
SMALL: Final = frozenset(_SMALL.split())

# Writings that stand for another word.
LONG: Final[dict[str, str]] = {
    "univ": "university",
    "uni": "university",
    "universiti": "university",
    "inst": "institute",
    "coll": "college",
    "acad": "academy",
    "tech": "technology",
    "technol": "technology",
    "sci": "science",
    "sciences": "science",
    "natl": "national",
    "nat": "national",
    "int": "international",
    "intl": "international",
    "dept": "department",
    "min": "ministry",
    "res": "research",
    "ctr": "centre",
    "center": "centre",
    "centers": "centre",
    "centres": "centre",
    "lab": "laboratory",
    "labs": "laboratory",
    "hosp": "hospital",
    "med": "medical",
    "medicine": "medical",
    "agric": "agricultural",
    "agri": "agricultural",
    "agriculture": "agricultural",
    "edu": "education",
    "eng": "engineering",
    "govt": "government",
    "assoc": "association",
    "corp": "corporation",
    "mgmt": "management",
    "dev": "development",
    "prov": "provincial",
    "province": "provincial",
    "st": "saint",
    "technological": "technology",
    "coop": "cooperative",
    "studies": "study",
    "teachers": "teacher",
}

# How names are cut short where there are no blanks to tell words by, or by habit: what is written, what it stands for.
SHORT: Final[tuple[tuple[str, str], ...]] = (
    (r"^ม\.\s*", "มหาวิทยาลัย"),
    (r"^มรภ\.\s*", "มหาวิทยาลัยราชภัฏ"),
    (r"^มทร\.\s*", "มหาวิทยาลัยเทคโนโลยีราชมงคล"),
    (r"^รพ\.\s*", "โรงพยาบาล"),
    (r"^(ມ|ມຊ)\.\s*", "ມະຫາວິທະຍາໄລ"),
    (r"(?i)\bđh\b\.?", "đại học"),
    (r"(?i)\bcđ\b\.?", "cao đẳng"),
    (r"(?i)\bbv\b\.?", "bệnh viện"),
    (r"(?i)\btp\.?\s?hcm\b", "thành phố hồ chí minh"),
)

# Words that many names of such bodies share: they tell little, also where few organisations are listed yet.
_COMMON = (
    "university institute college academy school national royal state provincial international science "
    "technology research centre hospital general medical health education agricultural training "
    "development ministry department cooperative company association community management engineering "
    "technical study polytechnic dai hoc vien quoc gia trung tam khoa cao dang nghien cuu benh cong ty "
    "nghe 大学 学院 研究所 研究院 医院 中心 国家 科学 技术 科技 省 市 中国 研究 实验室 重点 公司 医科 农业 师范 มหาวิทยาลัย สถาบัน วิทยาลัย แห่ง "
    "ชาติ ศูนย์ วิจัย โรงพยาบาล เทคโนโลยี การ วิทยาศาสตร์ แห่งชาติ ມະຫາວິທະຍາໄລ ສະຖາບັນ ແຫ່ງຊາດ ວິທະຍາໄລ "
    "ສູນ ກະຊວງ ໂຮງໝໍ ການ សាកល វិទ្យាល័យ វិទ្យាស្ថាន ជាតិ ភូមិន្ទ មជ្ឈមណ្ឌល ក្រសួង មន្ទីរពេទ្យ ស្រាវជ្រាវ "
    "တက္ကသိုလ် သိပ္ပံ ဌာန ဗဟို သုတေသန ကောလိပ် ဆေးရုံ နည်းပညာ "
)
COMMON: Final = frozenset(_COMMON.split())

# The six as names say them: a country's own name tells nothing within the country.
_COUNTRY_WORDS = (
    "cambodia cambodian kampuchea kingdom china chinese prc lao laos pdr myanmar burma union thailand "
    "thai vietnam viet nam vietnamese 中国 中华人民共和国 កម្ពុជា ລາວ မြန်မာ ไทย ประเทศไทย ประเทศ việt "
)
COUNTRY_WORDS: Final = frozenset(_COUNTRY_WORDS.split())
