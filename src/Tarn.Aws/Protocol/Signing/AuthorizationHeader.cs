namespace Tarn.Aws.Protocol.Signing;

/// <summary>
/// The Authorization header: <c>AWS4-HMAC-SHA256 Credential=KEY/SCOPE, SignedHeaders=a;b, Signature=HEX</c>
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
/// </summary>
internal sealed record AuthorizationHeader(
    string AccessKeyId, CredentialScope Scope, IReadOnlyList<string> SignedHeaders, string Signature)
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    public static AuthorizationHeader Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            throw new SignatureException(
                SignatureFault.Missing, "request is not signed: the Authorization header is missing");
        }

        if (!text.StartsWith(Algorithm + " ", StringComparison.Ordinal))
        {
            throw new SignatureException(
                SignatureFault.Unsupported,
                $"tarn takes {Algorithm} signatures only, not '{text.Split(' ')[0]}'");
        }

        var (credential, signedHeaders, signature) = Fields(text.AsSpan(Algorithm.Length + 1));
        var parts = Require(credential, "Credential").Split('/');
        if (parts is not [{ Length: > 0 } id, { Length: 8 } date, var region, var service, CredentialScope.Terminator])
        {
            throw Incomplete("Credential is not of the form KEY/DATE/REGION/SERVICE/aws4_request");
        }

        var headers = Require(signedHeaders, "SignedHeaders").Split(';');
        return new AuthorizationHeader(
            id, new CredentialScope(date, region, service), headers, Require(signature, "Signature"));
    }

    private static (string? Credential, string? SignedHeaders, string? Signature) Fields(ReadOnlySpan<char> text)
    {
        string? credential = null;
        string? signedHeaders = null;
        string? signature = null;
        foreach (var range in text.Split(','))
        {
            var field = text[range].Trim();
            var equals = field.IndexOf('=');
            var value = equals < 0 ? "" : field[(equals + 1)..].ToString();
            switch (equals < 0 ? field : field[..equals])
            {
                case "Credential":
                    credential = value;
                    break;
                case "SignedHeaders":
                    signedHeaders = value;
                    break;
                case "Signature":
                    signature = value;
                    break;
                default:
                    throw Incomplete($"'{field}' is not a field of the Authorization header");
            }
        }

        return (credential, signedHeaders, signature);
    }

    private static string Require(string? value, string name) => string.IsNullOrEmpty(value)
        ? throw Incomplete($"Authorization header requires '{name}' parameter")
        : value;

    private static SignatureException Incomplete(string message) => new(SignatureFault.Incomplete, message);
}
