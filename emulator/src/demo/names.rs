//! Full names for demo people, in many languages and scripts, the same every time.
//!
//! All of them are made up from common first and family names.

/// How many first and family names each language has.
const EACH: usize = 12;

/// Common names of one language.
struct Language {
    family_name_first: bool,
    first: [&'static str; EACH],
    family: [&'static str; EACH],
}

const fn language(first: [&'static str; EACH], family: [&'static str; EACH]) -> Language {
    Language { family_name_first: false, first, family }
}

const fn family_first(family: [&'static str; EACH], first: [&'static str; EACH]) -> Language {
    Language { family_name_first: true, first, family }
}

/// The full name of the `index`-th person. The first couple of thousand differ; later ones have two family names.
pub(super) fn full_name(index: usize) -> String {
    let language = &LANGUAGES[index % LANGUAGES.len()];
    let turn = index / LANGUAGES.len();
    let first = language.first[turn % EACH];
    // Moving on by one more in each round meets every pair of names once before any comes back.
    let family = language.family[(turn + turn / EACH) % EACH];
    let round = turn / (EACH * EACH);
    let family = match round {
        0 => family.to_owned(),
        later => format!("{family}-{}", language.family[(turn + turn / EACH + later) % EACH]),
    };
    if language.family_name_first { format!("{family} {first}") } else { format!("{first} {family}") }
}

#[rustfmt::skip]
const LANGUAGES: [Language; 16] = [
    // English
    language(["Amelia", "Oliver", "Grace", "Henry", "Ruby", "Isaac", "Chloe", "Miles", "Hazel", "Owen", "Nora", "Felix"],
        ["Bennett", "Hughes", "Walsh", "Carter", "Doyle", "Fletcher", "Lawson", "Parsons", "Quinn", "Sutton", "Turner", "Whitfield"]),
    // Spanish
    language(["Lucía", "Mateo", "Sofía", "Joaquín", "Inés", "Andrés", "Ximena", "Íñigo", "Pilar", "Óscar", "Begoña", "Raúl"],
        ["Muñoz", "Ibáñez", "Ortega", "Peña", "Quintana", "Rincón", "Sáenz", "Tejada", "Urrutia", "Vázquez", "Yáñez", "Zúñiga"]),
    // French
    language(["Aurélie", "Étienne", "Chloé", "François", "Maëlle", "Loïc", "Océane", "Rémi", "Zoé", "Gaëtan", "Noémie", "Thibault"],
        ["Lefèvre", "Dubois", "Garnier", "Hébert", "Lécuyer", "Marchand", "Noël", "Perrault", "Quéré", "Rousseau", "Sénéchal", "Vasseur"]),
    // German
    language(["Jürgen", "Annika", "Björn", "Käthe", "Lukas", "Mareike", "Sören", "Ulrike", "Günther", "Heike", "Jörg", "Nadja"],
        ["Müller", "Weiß", "Schäfer", "Köhler", "Groß", "Jäger", "Krüger", "Lindner", "Möller", "Schröder", "Vögele", "Zöllner"]),
    // Polish
    language(["Agnieszka", "Łukasz", "Małgorzata", "Paweł", "Żaneta", "Stanisław", "Bożena", "Michał", "Jadwiga", "Rafał", "Grażyna", "Wojciech"],
        ["Wójcik", "Dąbrowski", "Gołębiewski", "Jabłoński", "Król", "Łuczak", "Mróz", "Pawłowski", "Sikora", "Świątek", "Wróbel", "Żak"]),
    // Turkish
    language(["Ayşe", "Çağlar", "Gülşen", "İbrahim", "Özlem", "Şükrü", "Tuğba", "Umut", "Zeynep", "Barış", "Elif", "Onur"],
        ["Yılmaz", "Çelik", "Doğan", "Güneş", "Işık", "Kılıç", "Öztürk", "Şahin", "Taş", "Ünal", "Yıldız", "Aksoy"]),
    // Vietnamese
    family_first(["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương"],
        ["Thị Hương", "Văn Minh", "Thu Thảo", "Quốc Bảo", "Ngọc Ánh", "Đức Anh", "Mỹ Linh", "Hải Đăng", "Bích Ngọc", "Tuấn Kiệt", "Thanh Hà", "Gia Huy"]),
    // Chinese
    family_first(["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐", "孙"],
        ["伟", "秀英", "晓明", "丽华", "建国", "雪梅", "子轩", "静怡", "浩然", "美玲", "志强", "欣怡"]),
    // Japanese
    family_first(["佐藤", "鈴木", "高橋", "田中", "渡辺", "伊藤", "山本", "中村", "小林", "加藤", "吉田", "松本"],
        ["陽菜", "蓮", "結衣", "大翔", "さくら", "健太", "美咲", "翔太", "葵", "拓海", "あかり", "直樹"]),
    // Korean
    family_first(["김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "한", "오"],
        ["서연", "민준", "지우", "하준", "수빈", "도윤", "예은", "시우", "지민", "현우", "은서", "준호"]),
    // Hindi
    language(["आरव", "प्रिया", "रोहन", "अनन्या", "विक्रम", "नेहा", "सूरज", "कविता", "अर्जुन", "मीरा", "राहुल", "दीपा"],
        ["शर्मा", "वर्मा", "गुप्ता", "सिंह", "पटेल", "मेहता", "जोशी", "नायर", "राव", "मिश्रा", "चौधरी", "देसाई"]),
    // Arabic
    language(["ليلى", "عمر", "فاطمة", "يوسف", "مريم", "خالد", "نور", "حسن", "سلمى", "طارق", "هدى", "زياد"],
        ["الحداد", "النجار", "الخطيب", "المصري", "العلي", "الشامي", "البكري", "الزين", "القاسم", "الراشد", "السالم", "الفارس"]),
    // Hebrew
    language(["נועה", "איתן", "תמר", "דניאל", "יעל", "אורי", "מיכל", "גיא", "שירה", "עמית", "רוני", "אבי"],
        ["כהן", "לוי", "מזרחי", "פרץ", "ביטון", "אברהם", "פרידמן", "אזולאי", "שפירא", "גולן", "רוזן", "ברק"]),
    // Russian
    language(["Анна", "Дмитрий", "Екатерина", "Иван", "Ольга", "Павел", "Светлана", "Юрий", "Мария", "Никита", "Татьяна", "Фёдор"],
        ["Коваленко", "Ткаченко", "Литвин", "Горбач", "Савченко", "Дорош", "Жук", "Мороз", "Шевчук", "Бондарь", "Гончар", "Кравец"]),
    // Greek
    language(["Ελένη", "Γιώργος", "Κατερίνα", "Νίκος", "Σοφία", "Δημήτρης", "Άννα", "Κώστας", "Ιωάννα", "Πέτρος", "Μαρία", "Χρήστος"],
        ["Αντωνίου", "Βλάχος", "Γεωργίου", "Δήμου", "Ζήσης", "Ιωάννου", "Κάππος", "Λάμπρου", "Μάνος", "Νικολάου", "Οικονόμου", "Ράπτης"]),
    // Yoruba and Igbo
    language(["Adébáyọ̀", "Chiamaka", "Ifẹ́olúwa", "Obinna", "Títílayọ̀", "Emeka", "Fọláṣadé", "Ngozi", "Olúwaṣeun", "Uche", "Yétúndé", "Zikora"],
        ["Adéyẹmí", "Okafor", "Balógun", "Eze", "Ọlátúnjí", "Nwosu", "Akíntọ́lá", "Obi", "Ṣóyínká", "Ude", "Fáṣọlá", "Okoye"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_first_two_thousand_people_have_different_names() {
        let names: HashSet<_> = (0..2000).map(full_name).collect();
        assert_eq!(names.len(), 2000);
    }

    #[test]
    fn names_come_from_many_scripts_and_are_the_same_every_time() {
        let scripts = ["Jürgen", "王", "आरव", "ليلى", "Ελένη", "김"];
        let names: Vec<_> = (0..32).map(full_name).collect();
        assert!(scripts.iter().all(|script| names.iter().any(|name| name.contains(script))));
        assert_eq!(names, (0..32).map(full_name).collect::<Vec<_>>());
    }
}
