namespace Tarn.Sql.Functions;

/// <summary>JSON, as a type or as text, and URLs.</summary>
internal static class JsonFunctions
{
    public const string Rows = """
        json_parse(varchar) json => tarn_json_parse({0})
        json_format(json) varchar => CAST({0} AS VARCHAR)
        json_extract(varchar, varchar) json => tarn_json_extract({0}, {1})
        json_extract(json, varchar) json => tarn_json_extract({0}, {1})
        json_extract_scalar(varchar, varchar) varchar => tarn_json_extract_scalar({0}, {1})
        json_extract_scalar(json, varchar) varchar => tarn_json_extract_scalar({0}, {1})
        json_size(varchar, varchar) bigint => tarn_json_size({0}, {1})
        json_size(json, varchar) bigint => tarn_json_size({0}, {1})
        json_array_length(varchar) bigint => tarn_json_array_length({0})
        json_array_length(json) bigint => tarn_json_array_length({0})
        json_array_get(varchar, bigint) json => tarn_json_array_get({0}, {1})
        json_array_get(json, bigint) json => tarn_json_array_get({0}, {1})
        json_array_contains(varchar, boolean) boolean => tarn_json_contains_boolean({0}, {1})
        json_array_contains(json, boolean) boolean => tarn_json_contains_boolean({0}, {1})
        json_array_contains(varchar, varchar) boolean => tarn_json_contains_text({0}, {1})
        json_array_contains(json, varchar) boolean => tarn_json_contains_text({0}, {1})
        json_array_contains(varchar, double) boolean => tarn_json_contains_number({0}, {1})
        json_array_contains(json, double) boolean => tarn_json_contains_number({0}, {1})
        is_json_scalar(varchar) boolean => tarn_is_json_scalar({0})
        is_json_scalar(json) boolean => tarn_is_json_scalar({0})
        url_encode(varchar) varchar => tarn_url_encode({0})
        url_decode(varchar) varchar => tarn_url_decode({0})
        url_extract_protocol(varchar) varchar => tarn_url_protocol({0})
        url_extract_host(varchar) varchar => tarn_url_host({0})
        url_extract_port(varchar) bigint => tarn_url_port({0})
        url_extract_path(varchar) varchar => tarn_url_path({0})
        url_extract_query(varchar) varchar => tarn_url_query({0})
        url_extract_fragment(varchar) varchar => tarn_url_fragment({0})
        url_extract_parameter(varchar, varchar) varchar => tarn_url_parameter({0}, {1})
        """;
}
