//! Names of many cultures, in their own scripts, with the spelling people use in addresses.
//!
//! Each list holds common given and family names; people are made by putting them together at random. A name in
//! another script is written `native=latin`.

use std::sync::LazyLock;

/// In which order a culture writes its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameOrder {
    /// `Ines Kowalczyk`.
    GivenFirst,
    /// `佐藤 美咲`.
    FamilyFirst,
    /// Family first and no space between: `李伟`.
    FamilyFirstJoined,
}

/// One name and its spelling in plain letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As the person writes it.
    pub shown: &'static str,
    /// In a-z, for addresses.
    pub plain: String,
}

/// A culture's names, cities and telephone code.
#[derive(Debug)]
pub struct Culture {
    /// Part of all people, in thousandths.
    pub share: u64,
    /// How names are put together.
    pub order: NameOrder,
    /// Telephone country code.
    pub dial: &'static str,
    /// Given names, common ones first.
    pub given: Vec<Name>,
    /// Family names, common ones first.
    pub family: Vec<Name>,
    /// Cities as people write them.
    pub cities: &'static [&'static str],
}

fn names(list: &'static str) -> Vec<Name> {
    list.split_whitespace()
        .map(|entry| {
            let (shown, latin) = entry.split_once('=').unwrap_or((entry, entry));
            let plain = deunicode::deunicode(latin)
                .to_lowercase()
                .chars()
                .filter(char::is_ascii_lowercase)
                .collect();
            Name { shown, plain }
        })
        .collect()
}

/// All cultures; their shares add up to 1000.
pub static CULTURES: LazyLock<Vec<Culture>> = LazyLock::new(|| {
    use NameOrder::{FamilyFirst, FamilyFirstJoined, GivenFirst};
    let culture = |share, order, dial, given, family, cities| Culture {
        share,
        order,
        dial,
        given: names(given),
        family: names(family),
        cities,
    };
    vec![
        culture(
            200,
            GivenFirst,
            "+1",
            "James Emily Michael Sarah David Jessica Daniel Ashley Matthew Rachel Andrew Megan Ryan Lauren Tyler Hannah \
             Brandon Olivia Kevin Grace Eric Natalie Sean Abigail Marcus Chloe Aaron Brooke Derek Paige Omar Jasmine",
            "Smith Johnson Miller Davis Wilson Anderson Taylor Moore Martin Thompson Harris Clark Lewis Walker Hall Young \
             King Wright Hill Scott Green Baker Nelson Carter Mitchell Turner Phillips Parker Reed Sullivan Brennan Whitaker",
            &[
                "San Francisco, CA", "New York, NY", "Austin, TX", "Seattle, WA", "Chicago, IL", "Denver, CO",
                "Portland, OR", "Atlanta, GA", "Boston", "Toronto, ON", "Raleigh-Durham", "Greater Minneapolis Area",
            ],
        ),
        culture(
            85,
            GivenFirst,
            "+44",
            "Oliver Amelia Harry Isla George Freya Alfie Poppy Callum Imogen Rhys Niamh Ewan Siobhan Gareth Bronwen \
             Alistair Fiona Declan Aoife Nigel Harriet",
            "Jones Williams Brown Evans Thomas Roberts Hughes Edwards Murphy O'Brien Campbell MacLeod Fraser Kelly \
             Byrne Walsh Pritchard Llewellyn Ashworth Fairbairn Cartwright Holloway",
            &["London", "Manchester", "Edinburgh", "Bristol", "Dublin", "Leeds", "Cardiff", "Greater London"],
        ),
        culture(
            85,
            GivenFirst,
            "+91",
            "Priya Rahul Ananya Arjun Deepika Vikram Sneha Rohan Kavya Aditya Meera Karthik Divya Sanjay Pooja Nikhil \
             Lakshmi Suresh Aishwarya Manish Harpreet Gurpreet",
            "Sharma Patel Singh Kumar Gupta Reddy Iyer Nair Mehta Joshi Rao Chatterjee Banerjee Menon Desai Kapoor \
             Krishnan Subramanian Bhattacharya Kulkarni Gill Pillai",
            &["Bengaluru", "Hyderabad", "Pune, Maharashtra", "Mumbai", "Chennai", "Gurugram", "Kochi"],
        ),
        culture(
            55,
            GivenFirst,
            "+49",
            "Lukas Hannah Jonas Lena Felix Johanna Maximilian Katharina Jürgen Sabine Björn Käthe Matthias Anke Florian \
             Ulrike Sebastian Heike",
            "Müller Schmidt Schneider Fischer Weber Wagner Becker Schäfer Koch Bauer Krüger Hofmann Lange Köhler Böhm \
             Groß Weiß Voigt Lindemann Oppermann",
            &["Berlin", "München", "Hamburg", "Köln", "Zürich", "Wien", "Frankfurt am Main"],
        ),
        culture(
            45,
            GivenFirst,
            "+33",
            "Camille Thomas Léa Hugo Chloé Antoine Manon Julien Aurélie François Élodie Rémi Margaux Benoît Océane \
             Jean-Luc Anaïs",
            "Martin Bernard Dubois Moreau Laurent Lefèvre Garnier Rousseau Chevalier Marchand Perrin Noël Béranger \
             Lacroix D'Arcy Gauthier Fournier",
            &["Paris", "Lyon", "Toulouse", "Nantes", "Bruxelles", "Montréal, QC", "Région de Bordeaux"],
        ),
        culture(
            65,
            GivenFirst,
            "+34",
            "María José Lucía Carlos Sofía Javier Valentina Diego Camila Andrés Ximena Ángel Guadalupe Joaquín Rocío \
             Íñigo Nuria Alejandro",
            "García Rodríguez Martínez Hernández López González Pérez Sánchez Ramírez Torres Flores Gómez Vázquez \
             Jiménez Muñoz Ibáñez Castañeda Peña Echeverría",
            &["Madrid", "Barcelona", "Ciudad de México", "Bogotá", "Buenos Aires", "Valencia", "Santiago de Chile"],
        ),
        culture(
            45,
            GivenFirst,
            "+55",
            "João Ana Pedro Beatriz Lucas Mariana Gabriel Letícia Thiago Fernanda Caio Inês Vinícius Débora Antônio \
             Conceição",
            "Silva Santos Oliveira Souza Lima Pereira Ferreira Costa Almeida Carvalho Ribeiro Araújo Gonçalves Magalhães \
             Falcão Simões",
            &["São Paulo", "Rio de Janeiro", "Porto", "Lisboa", "Belo Horizonte", "Florianópolis"],
        ),
        culture(
            35,
            GivenFirst,
            "+39",
            "Giulia Marco Francesca Alessandro Chiara Matteo Elisa Davide Martina Niccolò Giorgia Simone",
            "Rossi Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Conti Gallo De-Luca Fontana Lombardi",
            &["Milano", "Roma", "Torino", "Bologna", "Napoli"],
        ),
        culture(
            40,
            GivenFirst,
            "+31",
            "Daan Emma Sem Julia Lotte Bram Sanne Thijs Femke Joost Maaike Sjoerd Anouk Wouter",
            "Jansen Bakker Visser Smit Meijer Mulder Bos Vos Peters Hendriks Dekker Brouwer Dijkstra Kuipers Hoekstra",
            &["Amsterdam", "Utrecht", "Rotterdam", "Eindhoven", "Antwerpen"],
        ),
        culture(
            45,
            GivenFirst,
            "+46",
            "Erik Maja Lars Astrid Oskar Elsa Nils Freja Søren Ingrid Mikkel Sigrid Håkan Åsa Jørgen Kirsten Aino Väinö",
            "Andersson Johansson Nilsson Eriksson Hansen Olsen Larsen Lindberg Nyström Sjögren Bjørnstad Møller Kjær \
             Åkesson Virtanen Mäkinen",
            &["Stockholm", "Göteborg", "København", "Oslo", "Helsinki", "Malmö", "Århus"],
        ),
        culture(
            40,
            GivenFirst,
            "+48",
            "Anna Piotr Katarzyna Tomasz Agnieszka Paweł Małgorzata Krzysztof Zofia Łukasz Magdalena Grzegorz Jiří Tereza \
             Ondřej Markéta",
            "Nowak Wiśniewska Wójcik Kamiński Lewandowska Zieliński Szymański Woźniak Dąbrowska Kozłowski Jankowska \
             Mazur Krawczyk Dvořák Novotná Černý",
            &["Warszawa", "Kraków", "Wrocław", "Gdańsk", "Praha", "Brno"],
        ),
        culture(
            35,
            GivenFirst,
            "+380",
            "Олена=Olena Дмитро=Dmytro Марія=Mariia Андрій=Andrii Анна=Anna Сергій=Serhii Ірина=Iryna Юрій=Yurii \
             Наталія=Nataliia Максим=Maksym Светлана=Svetlana Николай=Nikolay",
            "Шевченко=Shevchenko Коваленко=Kovalenko Бондаренко=Bondarenko Ткаченко=Tkachenko Кравченко=Kravchenko \
             Мельник=Melnyk Щербак=Shcherbak Иванова=Ivanova Петров=Petrov Волкова=Volkova Юрченко=Yurchenko",
            &["Київ", "Львів", "Kharkiv", "Sofia", "Алматы", "Tbilisi"],
        ),
        culture(
            35,
            FamilyFirstJoined,
            "+86",
            "伟=Wei 芳=Fang 秀英=Xiuying 敏=Min 静=Jing 强=Qiang 磊=Lei 洋=Yang 艳=Yan 勇=Yong 杰=Jie 娟=Juan 涛=Tao 明=Ming \
             晓东=Xiaodong 思雨=Siyu",
            "王=Wang 李=Li 张=Zhang 刘=Liu 陈=Chen 杨=Yang 赵=Zhao 黄=Huang 周=Zhou 吴=Wu 徐=Xu 孙=Sun 林=Lin 何=He",
            &["上海", "北京", "Shenzhen", "杭州", "Singapore", "台北"],
        ),
        culture(
            20,
            GivenFirst,
            "+65",
            "Wei Xiu-Ying Jia-Hui Kevin Mei-Ling Zhi-Hao Grace Yu-Ting Jun Hui-Min Alvin Siew-Ling",
            "Tan Lim Lee Ng Wong Chan Chen Goh Chua Teo Cheung Lam Ho Koh",
            &["Singapore", "Hong Kong", "Kuala Lumpur", "Taipei", "Vancouver, BC"],
        ),
        culture(
            20,
            FamilyFirst,
            "+81",
            "美咲=Misaki 翔太=Shota 陽菜=Hina 大輔=Daisuke さくら=Sakura 健太=Kenta 結衣=Yui 直樹=Naoki 恵子=Keiko 拓也=Takuya",
            "佐藤=Sato 鈴木=Suzuki 高橋=Takahashi 田中=Tanaka 伊藤=Ito 渡辺=Watanabe 山本=Yamamoto 中村=Nakamura 小林=Kobayashi \
             加藤=Kato",
            &["東京", "大阪", "Fukuoka", "横浜", "Kyoto"],
        ),
        culture(
            15,
            FamilyFirstJoined,
            "+82",
            "지훈=Jihoon 서연=Seoyeon 민준=Minjun 하은=Haeun 현우=Hyunwoo 지민=Jimin 수빈=Subin 도윤=Doyun",
            "김=Kim 이=Lee 박=Park 최=Choi 정=Jung 강=Kang 조=Cho 윤=Yoon 장=Jang 임=Lim",
            &["서울", "부산", "Seoul", "성남"],
        ),
        culture(
            15,
            GivenFirst,
            "+971",
            "محمد=Mohammed فاطمة=Fatima أحمد=Ahmed مريم=Maryam خالد=Khaled نور=Noor يوسف=Youssef ليلى=Layla عمر=Omar سارة=Sara",
            "الحداد=Al-Haddad حسن=Hassan المنصوري=Al-Mansoori خليل=Khalil النجار=Al-Najjar سليمان=Suleiman عباس=Abbas \
             الشامي=Al-Shami قاسم=Qasim",
            &["دبي", "القاهرة", "Amman", "Riyadh", "Casablanca", "بيروت"],
        ),
        culture(
            20,
            FamilyFirst,
            "+84",
            "Văn-Anh Thị-Hương Minh Lan Đức Hồng Quang Ngọc Tuấn Thảo Dũng Linh",
            "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Ngô",
            &["Hà Nội", "Thành phố Hồ Chí Minh", "Da Nang"],
        ),
        culture(
            10,
            GivenFirst,
            "+30",
            "Γιώργος=Giorgos Μαρία=Maria Νίκος=Nikos Ελένη=Eleni Δημήτρης=Dimitris Σοφία=Sofia",
            "Παπαδόπουλος=Papadopoulos Γεωργίου=Georgiou Ιωάννου=Ioannou Νικολάου=Nikolaou Αντωνίου=Antoniou",
            &["Αθήνα", "Thessaloniki", "Limassol"],
        ),
    ]
    .into_iter()
    .chain(more_cultures())
    .collect()
});

/// Cultures whose lists need no other script.
fn more_cultures() -> [Culture; 3] {
    [
        Culture {
            share: 45,
            order: NameOrder::GivenFirst,
            dial: "+234",
            given: names(
                "Chinedu Amara Oluwaseun Ngozi Emeka Adaeze Tunde Folake Kwame Akosua Thabo Naledi Wanjiru Kamau Zanele \
                 Babajide",
            ),
            family: names(
                "Okonkwo Adeyemi Okafor Balogun Eze Nwosu Abubakar Mensah Owusu Boateng Dlamini Nkosi Mwangi Otieno \
                 Achieng Ogunleye",
            ),
            cities: &["Lagos", "Accra", "Nairobi", "Cape Town", "Johannesburg", "Kigali"],
        },
        Culture {
            share: 30,
            order: NameOrder::GivenFirst,
            dial: "+90",
            given: names("Mehmet Ayşe Mustafa Elif Emre Zeynep Çağlar Gülşen Işıl Ömer Şebnem Yiğit"),
            family: names("Yılmaz Kaya Demir Çelik Şahin Yıldız Öztürk Aydın Arslan Doğan Kılıç Güneş"),
            cities: &["İstanbul", "Ankara", "İzmir"],
        },
        Culture {
            share: 15,
            order: NameOrder::GivenFirst,
            dial: "+972",
            given: names("Noa Yael Eitan Tamar Shira Amir Dana Kamran Neda Arash Leila Darius"),
            family: names("Cohen Levi Mizrahi Peretz Friedman Hosseini Karimi Rahimi Ahmadi Tehrani"),
            cities: &["Tel Aviv", "Haifa", "Tehran", "Los Angeles, CA"],
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_to_everybody() {
        let total: u64 = CULTURES.iter().map(|culture| culture.share).sum();
        assert_eq!(total, 1_000);
    }

    #[test]
    fn every_name_has_a_spelling_for_addresses() {
        for culture in CULTURES.iter() {
            for name in culture.given.iter().chain(&culture.family) {
                assert!(!name.plain.is_empty(), "{} has none", name.shown);
            }
        }
    }
}
