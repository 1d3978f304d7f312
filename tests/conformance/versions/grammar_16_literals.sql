-- Numbers as PostgreSQL 16 writes them.
SELECT 1_000;
--= [-14] ok
--= [15] 42601 @8 trailing junk after numeric literal at or near "1_000"
--= [16-] ok
SELECT 0x1F;
--= [-14] ok
--= [15] 42601 @8 trailing junk after numeric literal at or near "0x1F"
--= [16-] ok
SELECT 0o17;
--= [-14] ok
--= [15] 42601 @8 trailing junk after numeric literal at or near "0o17"
--= [16-] ok
SELECT 0b101;
--= [-14] ok
--= [15] 42601 @8 trailing junk after numeric literal at or near "0b101"
--= [16-] ok
SELECT 1_0.5;
--= [-14] 42601 @11 syntax error at or near ".5"
--= [15] 42601 @8 trailing junk after numeric literal at or near "1_0"
--= [16-] ok
SELECT 0xFFFF_FFFF AS big;
--= [-14] 42601 @20 syntax error at or near "AS"
--= [15] 42601 @8 trailing junk after numeric literal at or near "0xFFFF_FFFF"
--= [16-] ok
CREATE TABLE lit (a int DEFAULT 0x10);
--= [-14] 42601 @34 syntax error at or near "x10"
--= [15] 42601 @33 trailing junk after numeric literal at or near "0x10"
--= [16-] ok
CREATE TABLE lot (a int DEFAULT 1_000);
--= [-14] 42601 @34 syntax error at or near "_000"
--= [15] 42601 @33 trailing junk after numeric literal at or near "1_000"
--= [16-] ok
SELECT 1_000 AS x;
--= [-14] 42601 @14 syntax error at or near "AS"
--= [15] 42601 @8 trailing junk after numeric literal at or near "1_000"
--= [16-] ok
SELECT 123abc;
--= [-14] ok
--= [15-] 42601 @8 trailing junk after numeric literal at or near "123abc"
SELECT 1.5e;
--= [-14] ok
--= [15-] 42601 @8 trailing junk after numeric literal at or near "1.5e"
SELECT $1abc;
--= [-14] 42P02 @8 there is no parameter $1
--= [15-] 42601 @8 trailing junk after parameter at or near "$1abc"
SELECT 1__0;
--= [-14] ok
--= [15-] 42601 @8 trailing junk after numeric literal at or near "1__0"
SELECT 0x;
--= [-14] ok
--= [15] 42601 @8 trailing junk after numeric literal at or near "0x"
--= [16-] 42601 @8 invalid hexadecimal integer at or near "0x"
SELECT 1000_ AS x;
--= [-14] 42601 @14 syntax error at or near "AS"
--= [15-] 42601 @8 trailing junk after numeric literal at or near "1000_"
