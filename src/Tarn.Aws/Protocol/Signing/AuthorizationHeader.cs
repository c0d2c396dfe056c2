namespace Tarn.Aws.Protocol.Signing;

/// <summary>
/// The Authorization header: <c>AWS4-HMAC-SHA256 Credential=KEY/SCOPE, SignedHeaders=a;b, Signature=HEX</c>
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html). The fields are parts
/// of its text.
/// </summary>
internal readonly record struct AuthorizationHeader(
    ReadOnlyMemory<char> Credential, ReadOnlyMemory<char> SignedHeaders, ReadOnlyMemory<char> Signature)
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    public static AuthorizationHeader Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            throw new SignatureException(
                SignatureFault.Missing, "request is not signed: the Authorization header is missing");
        }

        if (!text.StartsWith(Algorithm, StringComparison.Ordinal) || text.Length == Algorithm.Length
            || text[Algorithm.Length] != ' ')
        {
            throw new SignatureException(
                SignatureFault.Unsupported,
                $"tarn takes {Algorithm} signatures only, not '{text.Split(' ')[0]}'");
        }

        var header = Fields(text.AsMemory(Algorithm.Length + 1));
        Require(header.Credential, "Credential");
        Require(header.SignedHeaders, "SignedHeaders");
        Require(header.Signature, "Signature");
        return header;
    }

    private static AuthorizationHeader Fields(ReadOnlyMemory<char> text)
    {
        AuthorizationHeader header = default;
        foreach (var range in text.Span.Split(','))
        {
            var field = text[range].Trim();
            var equals = field.Span.IndexOf('=');
            var value = equals < 0 ? default : field[(equals + 1)..];
            header = (equals < 0 ? field : field[..equals]).Span switch
            {
                "Credential" => header with { Credential = value },
                "SignedHeaders" => header with { SignedHeaders = value },
                "Signature" => header with { Signature = value },
                _ => throw Incomplete($"'{field}' is not a field of the Authorization header"),
            };
        }

        return header;
    }

    private static void Require(ReadOnlyMemory<char> value, string name)
    {
        if (value.IsEmpty)
        {
            throw Incomplete($"Authorization header requires '{name}' parameter");
        }
    }

    private static SignatureException Incomplete(string message) => new(SignatureFault.Incomplete, message);
}
