namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// Where objects are kept when not on this machine: <c>s3://bucket/prefix?endpoint=URL&amp;region=NAME</c>.
/// </summary>
/// <param name="Bucket">Of the S3 service; it has to exist.</param>
/// <param name="Prefix">What every key there begins with, without slashes at its ends; may be empty.</param>
/// <param name="Endpoint">Null: AWS.</param>
/// <param name="Region">That requests are signed for.</param>
public sealed record RemoteLocation(string Bucket, string Prefix, Uri? Endpoint, string Region)
{
    private const string Scheme = "s3://";
    private const string Form = "s3://BUCKET/PREFIX?endpoint=URL&region=NAME";

    /// <summary>Fails with FormatException, which says what is expected.</summary>
    public static RemoteLocation Parse(string text)
    {
        var query = text.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? text : text[..query];
        if (!path.StartsWith(Scheme, StringComparison.Ordinal))
        {
            throw new FormatException(Form);
        }

        var slash = path.IndexOf('/', Scheme.Length);
        var location = new RemoteLocation(
            slash < 0 ? path[Scheme.Length..] : path[Scheme.Length..slash],
            slash < 0 ? "" : path[(slash + 1)..].Trim('/'),
            Endpoint: null,
            "us-east-1");
        if (location.Bucket.Length == 0 || location.Prefix.Split('/').Any(part => part is "." or ".."))
        {
            throw new FormatException(Form);
        }

        var pairs = query < 0 ? [] : text[(query + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries);
        return pairs.Aggregate(location, (sum, pair) => sum.With(pair));
    }

    /// <summary>Without the query.</summary>
    public override string ToString() =>
        $"{Scheme}{Bucket}/{Prefix}{(Endpoint is null ? "" : " at " + Endpoint.GetLeftPart(UriPartial.Authority))}";

    private RemoteLocation With(string pair)
    {
        var (name, value) = pair.Split('=', 2) is [var left, var right]
            ? (left, Uri.UnescapeDataString(right))
            : (pair, "");
        return name switch
        {
            "region" when value.Length > 0 => this with { Region = value },
            "endpoint" when Uri.TryCreate(value, UriKind.Absolute, out var address)
                && address.Scheme is "http" or "https" => this with { Endpoint = address },
            "endpoint" => throw new FormatException("an endpoint such as http://127.0.0.1:9000"),
            _ => throw new FormatException($"{Form}; '{name}' is neither endpoint nor region"),
        };
    }
}
