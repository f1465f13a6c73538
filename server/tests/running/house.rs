//! A PostgreSQL cluster, the program beside it, and a folder where its mail goes.

use std::{
    fs,
    net::TcpListener,
    os::unix::fs::PermissionsExt as _,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

static NEXT: AtomicU32 = AtomicU32::new(0);

pub(crate) struct House {
    folder: PathBuf,
    programs: PathBuf,
    serving: Option<Child>,
    pub(crate) port: u16,
}

impl House {
    /// A hospital that is set up, migrated and served.
    pub(crate) fn open() -> Self {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = PathBuf::from(format!("/tmp/portal-run-{}-{n}", std::process::id()));
        for part in ["", "cluster", "site/pkg", "mail"] {
            fs::create_dir_all(folder.join(part)).unwrap();
        }
        for file in ["frontend_bg.wasm", "frontend.js", "frontend.css"] {
            fs::write(folder.join("site/pkg").join(file), "").unwrap();
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut house = Self { folder, programs: programs(), serving: None, port };
        let cluster = house.folder.join("cluster");
        if as_root() {
            done(Command::new("chown").arg("postgres").arg(&cluster));
        }
        fs::set_permissions(&cluster, fs::Permissions::from_mode(0o700)).unwrap();
        house.pg(
            "initdb",
            &["--pgdata", &cluster.join("data").display().to_string(), "-U", "postgres", "-A", "trust", "-N"],
        );
        house.start_database();
        done(house.client("createdb").arg("portal"));
        house.portal(&["setup", "--admin-url", &format!("{}&user=postgres", house.address())]);
        house.portal(&["migrate"]);
        house.portal(&[
            "facility",
            "add",
            "--slug",
            "riverside",
            "--name",
            "Riverside Hospital",
            "--zone",
            "America/Chicago",
            "--phone",
            "(312) 555-0100",
            "--hours",
            "Monday to Friday",
            "--hours-es",
            "de lunes a viernes",
            "--postal",
            "1 River Street",
            "--complaints",
            "Privacy Officer",
            "--mail-from",
            "records@riverside.example",
        ]);
        house.serve();
        house
    }

    fn address(&self) -> String {
        format!("postgres:///portal?host={}&port=5432", self.folder.join("cluster").display())
    }

    /// A program of PostgreSQL's, as a user that it accepts.
    fn pg(&self, program: &str, arguments: &[&str]) {
        let program = self.programs.join(program);
        let mut command = if as_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        done(command.args(arguments).current_dir("/"));
    }

    fn client(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.env("PGHOST", self.folder.join("cluster")).env("PGPORT", "5432").env("PGUSER", "postgres");
        command
    }

    fn cluster(&self, what: &[&str]) {
        let cluster = self.folder.join("cluster");
        let (data, log) = (cluster.join("data").display().to_string(), cluster.join("log").display().to_string());
        let options = format!("-k {} -p 5432 -c listen_addresses='' -c max_connections=120", cluster.display());
        let mut arguments = what.to_vec();
        arguments.extend(["--pgdata", &data, "--wait", "--silent"]);
        if what == ["start"] {
            arguments.extend(["--log", &log, "-o", &options]);
        }
        self.pg("pg_ctl", &arguments);
    }

    pub(crate) fn start_database(&self) {
        self.cluster(&["start"]);
    }

    /// As when the machine loses its power: nothing is finished, nobody is told.
    pub(crate) fn stop_database(&self) {
        self.cluster(&["stop", "-m", "immediate"]);
    }

    fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_portal"));
        command
            .env("PORTAL_DATABASE", self.address())
            .env("PORTAL_SECRETS", self.folder.join("secrets"))
            .env("PORTAL_SITE", self.folder.join("site"))
            .env("PORTAL_ORIGIN", self.origin())
            .env("PORTAL_MAIL_DIR", self.mail())
            .env("PORTAL_CHECKPOINTS", self.checkpoints());
        command
    }

    pub(crate) fn portal(&self, arguments: &[&str]) {
        done(self.program().args(arguments));
    }

    /// What the program says when it does not do what it is asked.
    pub(crate) fn refused(&self, arguments: &[&str]) -> String {
        let said = self.program().args(arguments).stdin(Stdio::null()).output().unwrap();
        assert!(!said.status.success(), "{arguments:?} went through");
        String::from_utf8_lossy(&said.stderr).into_owned()
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn mail(&self) -> PathBuf {
        self.folder.join("mail")
    }

    pub(crate) fn checkpoints(&self) -> PathBuf {
        self.folder.join("checkpoints")
    }

    /// How many lines of the program's log say this.
    pub(crate) fn said(&self, what: &str) -> usize {
        fs::read_to_string(self.folder.join("log")).unwrap().lines().filter(|line| line.contains(what)).count()
    }

    fn serve(&mut self) {
        let log = fs::File::create(self.folder.join("log")).unwrap();
        let mut command = self.program();
        command.args(["serve", "--address", &format!("127.0.0.1:{}", self.port)]).stdout(Stdio::null()).stderr(log);
        self.serving = Some(command.spawn().unwrap());
        until("the program to listen", || std::net::TcpStream::connect(("127.0.0.1", self.port)).is_ok());
    }

    /// Tells the program to end; how long it took, and whether it ended well.
    pub(crate) fn end(&mut self) -> (Duration, bool) {
        let mut serving = self.serving.take().unwrap();
        let began = Instant::now();
        signal(i32::try_from(serving.id()).unwrap(), Signal::TERM);
        let status = serving.wait().unwrap();
        (began.elapsed(), status.success())
    }

    /// The program's process goes at once.
    pub(crate) fn kill(&mut self) {
        let mut serving = self.serving.take().unwrap();
        serving.kill().unwrap();
        serving.wait().unwrap();
    }

    pub(crate) fn serve_again(&mut self) {
        self.serve();
    }

    /// What PostgreSQL says, a line for each row.
    pub(crate) fn says(&self, statements: &str) -> Vec<String> {
        let mut command = self.client("psql");
        let said = command
            .args(["--no-psqlrc", "-qAt", "-v", "ON_ERROR_STOP=1", "portal", "-c", statements])
            .output()
            .unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        String::from_utf8(said.stdout).unwrap().lines().map(str::to_owned).collect()
    }

    /// The mails so far, each as its reader sees it, by the address that it went to.
    pub(crate) fn mails(&self) -> Vec<(String, String)> {
        let files = fs::read_dir(self.mail()).unwrap().map(|file| file.unwrap().path());
        files
            .filter(|path| path.extension().is_some_and(|ending| ending == "eml"))
            .map(|path| {
                let mail =
                    fs::read_to_string(path).unwrap().replace("\r\n", "\n").replace("=\n", "").replace("=3D", "=");
                let to = mail.lines().find_map(|line| line.strip_prefix("To: ")).unwrap().to_owned();
                (to, mail)
            })
            .collect()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if let Some(mut serving) = self.serving.take() {
            let _ = serving.kill();
            let _ = serving.wait();
        }
        if std::thread::panicking() {
            let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            let from = log.len().saturating_sub(6000);
            eprintln!("the program's last words:\n{}", log.get(from..).unwrap_or(&log));
        }
        if self.folder.join("cluster/data/postmaster.pid").exists() {
            self.stop_database();
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Waits for something to become so.
pub(crate) fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(90), "waited for {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

pub(crate) fn signal(process: i32, signal: Signal) {
    kill_process(Pid::from_raw(process).unwrap(), signal).unwrap();
}

fn done(command: &mut Command) {
    let said = command.stdin(Stdio::null()).output().unwrap();
    assert!(said.status.success(), "{command:?}: {}", String::from_utf8_lossy(&said.stderr));
}

fn as_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|it| std::os::unix::fs::MetadataExt::uid(&it) == 0)
}

/// Where PostgreSQL's own programs are.
fn programs() -> PathBuf {
    let mut versions: Vec<_> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    versions.sort();
    let on_path = || {
        std::env::var("PATH").unwrap_or_default().split(':').map(PathBuf::from).find(|it| it.join("initdb").exists())
    };
    versions.pop().or_else(on_path).expect("PostgreSQL is installed: `./dev up` does that")
}

pub(crate) fn attempt_in(mail: &str) -> (&str, &str) {
    let link = mail.lines().find_map(|line| line.split_once("/account/open?attempt=").map(|(_, rest)| rest)).unwrap();
    link.split_once("&code=").unwrap()
}
