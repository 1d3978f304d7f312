//! Platforms: their profiles run, inputs made for one are recognised, and nothing else is.

use std::fs;
use std::path::{Path, PathBuf};

use pgreckon::catalog::builtin;
use pgreckon::history::platforms::PLATFORMS;
use pgreckon::pg::version::Version;

use crate::samples::run;

fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("platforms").join(name);
    // A folder of an earlier run may hold other files.
    let _ = fs::remove_dir_all(&folder);
    for (file, text) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("a file is in a folder"))
            .expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }
    folder
}

#[test]
fn every_profile_runs() {
    for platform in &PLATFORMS {
        for major in [15, 17, 18] {
            let (_, failed) = platform.apply(builtin::template1(Version::nearest(major)));
            assert!(failed.is_empty(), "{} on {major}:\n{}", platform.name, failed.join("\n"));
        }
    }
}

const PROFILES: &str = "
create table public.profiles (
  id uuid not null references auth.users on delete cascade primary key,
  username text unique,
  avatar_url text,
  token uuid default uuid_generate_v4(),
  constraint username_length check (char_length(username) >= 3)
);
alter table public.profiles enable row level security;
create policy \"Public profiles are viewable by everyone.\" on profiles for select using (true);
create policy \"Users can insert their own profile.\" on profiles for insert to authenticated
  with check ((select auth.uid()) = id);
create policy \"Admins\" on profiles for all using ((auth.jwt() ->> 'role') = 'admin');
create function public.handle_new_user() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id, avatar_url) values (new.id, new.raw_user_meta_data ->> 'avatar_url');
  return new;
end;
$$;
create trigger on_auth_user_created after insert on auth.users
  for each row execute procedure public.handle_new_user();
insert into storage.buckets (id, name, public) values ('avatars', 'avatars', true);
create policy \"Avatar images are publicly accessible.\" on storage.objects for select
  using (bucket_id = 'avatars' and auth.uid()::text = (storage.foldername(name))[1]);
grant select on public.profiles to anon, authenticated, service_role;
alter publication supabase_realtime add table public.profiles;
";

#[test]
fn supabase_migrations_run_clean() {
    let folder =
        folder("supabase", &[("supabase/migrations/20240101000000_profiles.sql", PROFILES)]);
    let printed = run(&folder, &["check", "supabase/migrations"]);
    assert!(printed.contains("taken to be made for Supabase"), "{printed}");
    assert!(printed.contains("0 fail, 0 follow from failures, 0 unknown"), "{printed}");
    assert!(printed.ends_with("exit 0\n"), "{printed}");
    let without = run(&folder, &["check", "supabase/migrations", "--platform", "none"]);
    assert!(without.contains("\"auth\""), "{without}");
    let exact = run(&folder, &["replay", "supabase/migrations"]);
    assert!(exact.contains("42883"), "replay takes nothing for given: {exact}");
    let dumped = run(&folder, &["dump", "supabase/migrations"]);
    assert!(!dumped.contains("CREATE SCHEMA auth"), "{dumped}");
    assert!(dumped.contains("CREATE TABLE public.profiles"), "{dumped}");
}

#[test]
fn drift_leaves_out_what_the_platform_gave() {
    let plain = "CREATE TABLE public.profiles (id uuid NOT NULL);\n";
    let guarded = format!("{plain}CREATE POLICY p ON public.profiles USING (auth.uid() = id);\n");
    let folder = folder("drift", &[("a.sql", &guarded), ("b.sql", plain)]);
    let printed = run(&folder, &["drift", "a.sql", "b.sql"]);
    assert!(printed.contains("policy p"), "{printed}");
    for given in ["extension", "publication", "auth.users", "storage"] {
        assert!(!printed.contains(given), "{given}: {printed}");
    }
}

/// A dump of a whole Supabase project holds the platform's own tables, more than the profile has.
const PROJECT: &str = "--\n-- PostgreSQL database dump\n--\n\nCREATE SCHEMA auth;\nCREATE SCHEMA storage;\n\
    CREATE TABLE auth.users (id uuid PRIMARY KEY, flow text);\nCREATE TABLE auth.flow_state (id uuid);\n\
    CREATE TABLE storage.objects (id uuid PRIMARY KEY, name text, bucket_id text);\n\
    CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql AS $$ SELECT NULL::uuid $$;\n\
    CREATE FUNCTION storage.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;\n\
    CREATE TRIGGER touch BEFORE UPDATE ON storage.objects FOR EACH ROW EXECUTE FUNCTION storage.touch();\n\
    CREATE TABLE public.t (id uuid);\n\
    CREATE FUNCTION public.made() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;\n";
const END: &str = "--\n-- PostgreSQL database dump complete\n--\n";

const MADE: &str = "create table t (id uuid);\n\
    create function made() returns trigger language plpgsql as $$ BEGIN RETURN new; END $$;\n";
const ON_USERS: &str = "create trigger on_made after insert on auth.users for each row execute function public.made();\n";
const ON_OBJECTS: &str = "create policy mine on storage.objects for select using (true);\n";

#[test]
fn what_a_user_made_in_a_platforms_schema_is_compared() {
    let folder = folder(
        "own-parts",
        &[
            (
                "one/supabase/migrations/20240101000000_a.sql",
                &format!("{MADE}{ON_USERS}{ON_OBJECTS}"),
            ),
            ("two/supabase/migrations/20240101000000_a.sql", &format!("{MADE}{ON_USERS}")),
            (
                "grant/supabase/migrations/20240101000000_a.sql",
                &format!("{MADE}{ON_USERS}grant select on auth.users to anon;\n"),
            ),
            (
                "project.sql",
                &format!(
                    "{PROJECT}CREATE TRIGGER on_made AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION public.made();\n{END}"
                ),
            ),
            ("public.sql", &format!("--\n-- PostgreSQL database dump\n--\n\n{MADE}{END}")),
        ],
    );
    let (one, two, grant) =
        ("one/supabase/migrations", "two/supabase/migrations", "grant/supabase/migrations");
    let folders = run(&folder, &["drift", one, two]);
    assert!(folders.contains("table storage.objects\n  only in A  policy mine"), "{folders}");
    assert!(folders.contains("1 difference, 1 object: 1 only in A"), "{folders}");
    let project = run(&folder, &["drift", one, "project.sql"]);
    assert!(project.contains("policy mine"), "{project}");
    assert!(project.contains("1 difference, 1 object: 1 only in A"), "{project}");
    let granted = run(&folder, &["drift", "--grants", two, grant]);
    assert!(granted.contains("table auth.users\n  different  privileges"), "{granted}");
    // A dump of public alone says nothing of it.
    let public = run(&folder, &["drift", two, "public.sql"]);
    assert!(public.contains("says nothing of schema auth"), "{public}");
    assert!(public.contains("no drift, 0 cosmetic"), "{public}");
    let status = run(&folder, &["status", one, "project.sql"]);
    assert!(
        status.contains("partly applied") && status.contains("not there: policy mine"),
        "{status}"
    );
    let status = run(&folder, &["status", one, "public.sql"]);
    assert!(status.contains("1 applied"), "{status}");
}

#[test]
fn what_brings_its_own_is_not_recognised() {
    let own = "CREATE ROLE anon;\nCREATE SCHEMA auth;\nCREATE TABLE auth.users (id uuid PRIMARY KEY);\n\
        CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql AS $$ SELECT NULL::uuid $$;\n\
        CREATE TABLE t (id uuid DEFAULT auth.uid() REFERENCES auth.users);\nGRANT SELECT ON t TO anon;\n";
    let folder =
        folder("own", &[("own.sql", own), ("plain.sql", "CREATE TABLE t (id integer);\n")]);
    for file in ["own.sql", "plain.sql"] {
        let printed = run(&folder, &["check", file]);
        assert!(!printed.contains("taken to be made for"), "{printed}");
        assert!(printed.ends_with("exit 0\n"), "{printed}");
    }
}
