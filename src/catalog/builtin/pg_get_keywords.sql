-- key: word
SELECT k.word, k.catcode,
       NULL AS barelabel                                                  --[-13]
       k.barelabel                                                        --[14-]
FROM pg_get_keywords() k WHERE 1 BETWEEN {bounds}
