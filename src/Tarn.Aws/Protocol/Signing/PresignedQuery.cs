using System.Globalization;

namespace Tarn.Aws.Protocol.Signing;

/// <summary>
/// The signature in the query of a presigned URL
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html).
/// </summary>
/// <param name="Date">When it was signed: <c>20260102T030405Z</c>.</param>
/// <param name="Lifetime">One second to seven days.</param>
/// <param name="PayloadHash">What stands for the body, or null: the sender's header says it, or nothing does.</param>
/// <param name="SignedQuery">The query without the signature, as it came on the wire.</param>
internal sealed record PresignedQuery(
    string Credential, string Date, TimeSpan Lifetime, string SignedHeaders, string Signature, string? PayloadHash,
    string SignedQuery)
{
    private const int LifetimeSecondsMax = 604_800;
    private const string SignatureName = "X-Amz-Signature";
    private const string SecurityToken = "X-Amz-Security-Token";
    private const string ContentHash = "X-Amz-Content-Sha256";

    private static readonly string[] Required =
    [
        "X-Amz-Algorithm", "X-Amz-Credential", SignatureName, "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Expires",
    ];

    /// <summary>Whether the query is meant to hold a signature, complete or not.</summary>
    public static bool Is(string query) =>
        query.Contains("X-Amz-", StringComparison.OrdinalIgnoreCase)
        && QueryString.Pairs(query).Any(pair => IsEither(pair.Name, "X-Amz-Algorithm", SignatureName));

    /// <summary>Whether a parameter is about the signature; all others are about the request.</summary>
    public static bool IsParameter(string name) =>
        Required.Contains(name, StringComparer.OrdinalIgnoreCase) || IsEither(name, SecurityToken, ContentHash);

    public static PresignedQuery Parse(string query)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in QueryString.Pairs(query).Where(pair => IsParameter(pair.Name)))
        {
            if (!values.TryAdd(name, value))
            {
                throw Incomplete($"the query-string parameter {name} is given twice");
            }
        }

        if (Required.Any(name => !values.TryGetValue(name, out var value) || value.Length == 0))
        {
            throw Incomplete(
                "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
                + "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
        }

        CheckAlgorithm(values["X-Amz-Algorithm"]);
        if (values.ContainsKey(SecurityToken))
        {
            throw new SignatureException(
                SignatureFault.SessionToken, "the security token is invalid: this lake issues no session tokens");
        }

        return new PresignedQuery(
            values["X-Amz-Credential"],
            values["X-Amz-Date"],
            TimeSpan.FromSeconds(Seconds(values["X-Amz-Expires"])),
            values["X-Amz-SignedHeaders"],
            values[SignatureName],
            values.GetValueOrDefault(ContentHash),
            WithoutSignature(query));
    }

    private static void CheckAlgorithm(string algorithm)
    {
        if (algorithm.StartsWith("AWS4-ECDSA", StringComparison.Ordinal))
        {
            throw new SignatureException(
                SignatureFault.Unsupported,
                $"tarn takes {AuthorizationHeader.Algorithm} signatures only, not '{algorithm}'");
        }

        if (algorithm != AuthorizationHeader.Algorithm)
        {
            throw Incomplete($"X-Amz-Algorithm only supports \"{AuthorizationHeader.Algorithm}\"");
        }
    }

    private static int Seconds(string text)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            throw Incomplete("X-Amz-Expires should be a number");
        }

        return seconds switch
        {
            < 1 => throw Incomplete("X-Amz-Expires must be positive"),
            > LifetimeSecondsMax => throw Incomplete(
                "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less "
                + "than 604800 seconds"),
            _ => (int)seconds,
        };
    }

    private static string WithoutSignature(string query) => string.Join('&', query.Split('&').Where(pair =>
        !UriEncoding.Decode(pair.Split('=')[0], plusIsSpace: true)
            .Equals(SignatureName, StringComparison.OrdinalIgnoreCase)));

    private static bool IsEither(string name, string first, string second) =>
        name.Equals(first, StringComparison.OrdinalIgnoreCase)
        || name.Equals(second, StringComparison.OrdinalIgnoreCase);

    private static SignatureException Incomplete(string message) => new(SignatureFault.IncompleteQuery, message);
}
