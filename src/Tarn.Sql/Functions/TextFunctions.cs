namespace Tarn.Sql.Functions;

/// <summary>Strings, binaries, JSON, URLs and regular expressions.</summary>
internal static class TextFunctions
{
    /// <summary>White space that Trino's trim removes.</summary>
    private const string Blanks = @"E' \t\n\r\f\v'";

    /// <summary>What RFC 3986 lets stand in a URI, so that a text that is none gives NULL.</summary>
    private const string Uri =
        @"'^([A-Za-z][A-Za-z0-9+.-]*:)?([A-Za-z0-9._~:/?#\[\]@!$&''()*+,;=-]|%[0-9A-Fa-f][0-9A-Fa-f])*$'";

    public const string Rows = $$"""
        lower(varchar) varchar => lower({0})
        upper(varchar) varchar => upper({0})
        length(varchar) bigint => length({0})
        reverse(varchar) varchar => reverse({0})
        reverse(array(T)) array(T) => list_reverse({0})
        trim(varchar) varchar => trim({0}, {{Blanks}})
        ltrim(varchar) varchar => ltrim({0}, {{Blanks}})
        rtrim(varchar) varchar => rtrim({0}, {{Blanks}})
        trim(varchar, varchar) varchar => trim({0}, {1})
        ltrim(varchar, varchar) varchar => ltrim({0}, {1})
        rtrim(varchar, varchar) varchar => rtrim({0}, {1})
        replace(varchar, varchar, varchar) varchar => replace({0}, {1}, {2})
        replace(varchar, varchar) varchar => replace({0}, {1}, '')
        strpos(varchar, varchar) bigint => strpos({0}, {1})
        starts_with(varchar, varchar) boolean => starts_with({0}, {1})
        substr(varchar, bigint) varchar => (CASE WHEN {1} = 0 OR - {1} > length({0}) THEN '' ELSE substr({0}, {1}) END)
        substr(varchar, bigint, bigint) varchar => (CASE WHEN {1} = 0 OR - {1} > length({0}) OR {2} <= 0 THEN ''
            ELSE substr({0}, {1}, {2}) END)
        lpad(varchar, bigint, varchar) varchar => lpad({0}, CAST({1} AS INTEGER), {2})
        rpad(varchar, bigint, varchar) varchar => rpad({0}, CAST({1} AS INTEGER), {2})
        split(varchar, varchar) array(varchar) => string_split({0}, {1})
        split_part(varchar, varchar, bigint) varchar => (CASE WHEN {2} < 1
            THEN {!INVALID_FUNCTION_ARGUMENT: Index must be greater than zero} ELSE string_split({0}, {1})[{2}] END)
        chr(bigint) varchar => chr(CAST({0} AS INTEGER))
        codepoint(varchar) integer => unicode({0})
        translate(varchar, varchar, varchar) varchar => translate({0}, {1}, {2})
        levenshtein_distance(varchar, varchar) bigint => levenshtein({0}, {1})
        hamming_distance(varchar, varchar) bigint => hamming({0}, {1})
        luhn_check(varchar) boolean => tarn_luhn_check({0})
        normalize(varchar) varchar => nfc_normalize({0})
        normalize(varchar, varchar) varchar => tarn_normalize({0}, {1})
        concat_ws(varchar, varchar...) varchar => concat_ws({*})
        to_utf8(varchar) varbinary => encode({0})
        from_utf8(varbinary) varchar => decode({0})
        length(varbinary) bigint => octet_length({0})
        md5(varbinary) varbinary => unhex(md5({0}))
        sha1(varbinary) varbinary => unhex(sha1({0}))
        sha256(varbinary) varbinary => unhex(sha256({0}))
        to_hex(varbinary) varchar => hex({0})
        from_hex(varchar) varbinary => unhex({0})
        to_base64(varbinary) varchar => to_base64({0})
        from_base64(varchar) varbinary => from_base64({0})
        regexp_like(varchar, varchar) boolean => regexp_matches({0}, {1})
        regexp_extract(varchar, varchar) varchar => (CASE WHEN regexp_matches({0}, {1})
            THEN regexp_extract({0}, {1}) END)
        regexp_extract_all(varchar, varchar) array(varchar) => regexp_extract_all({0}, {1})
        regexp_replace(varchar, varchar) varchar => regexp_replace({0}, {1}, '', 'g')
        regexp_split(varchar, varchar) array(varchar) => regexp_split_to_array({0}, {1})
        url_extract_protocol(varchar) varchar => (CASE WHEN regexp_matches({0}, {{Uri}})
            THEN regexp_extract({0}, '^([A-Za-z][A-Za-z0-9+.-]*):', 1) END)
        url_extract_host(varchar) varchar => (CASE WHEN regexp_matches({0}, {{Uri}})
            THEN regexp_extract({0}, '^[^:/?#]*:?//([^/?#@]*@)?([^/?#:]*)', 2) END)
        url_extract_path(varchar) varchar => (CASE WHEN regexp_matches({0}, {{Uri}})
            THEN regexp_extract({0}, '^([^:/?#]+:)?(//[^/?#]*)?([^?#]*)', 3) END)
        url_extract_query(varchar) varchar => (CASE WHEN regexp_matches({0}, {{Uri}})
            THEN regexp_extract({0}, '^[^?#]*\?([^#]*)', 1) END)
        url_extract_fragment(varchar) varchar => (CASE WHEN regexp_matches({0}, {{Uri}})
            THEN regexp_extract({0}, '#(.*)$', 1) END)
        json_parse(varchar) json => json({0})
        json_format(json) varchar => CAST({0} AS VARCHAR)
        json_array_length(varchar) bigint => (CASE WHEN json_valid({0}) AND json_type({0}) = 'ARRAY'
            THEN CAST(json_array_length({0}) AS BIGINT) END)
        json_array_length(json) bigint => (CASE WHEN json_type({0}) = 'ARRAY'
            THEN CAST(json_array_length({0}) AS BIGINT) END)
        """;
}
