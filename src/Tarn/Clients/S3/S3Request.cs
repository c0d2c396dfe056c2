namespace Tarn.Clients.S3;

/// <summary>One call of the S3 API, before it is signed.</summary>
internal sealed record S3Request(HttpMethod Method, string Bucket, string Key)
{
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public HttpContent? Content { get; init; }

    public static S3Request Of(HttpMethod method, S3Location location) => new(method, location.Bucket, location.Key);

    /// <summary>Path addressing, encoded once as the signature wants it; dots and slashes of a key stay.</summary>
    public Uri Address(Uri endpoint)
    {
        var path = Bucket.Length == 0 ? "/" : $"/{Encode(Bucket)}";
        if (Key.Length > 0)
        {
            path += "/" + string.Join('/', Key.Split('/').Select(Encode));
        }

        var query = string.Join('&', Query
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{Encode(pair.Key)}={Encode(pair.Value)}"));
        var text = endpoint.GetLeftPart(UriPartial.Authority) + path + (query.Length == 0 ? "" : "?" + query);
        return new Uri(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    private static string Encode(string text) => Uri.EscapeDataString(text);
}
