using System.Text;
using Tarn.Storage.Access;

namespace Tarn.Aws.Protocol.Signing;

/// <summary>
/// Whose key a signature is made with and for what: <c>KEY/DATE/REGION/SERVICE/aws4_request</c>. Keeps the signing key
/// that follows from it: clients use one for a whole day. Thread-safe.
/// </summary>
internal sealed class Credential
{
    private Tuple<AccessKey, byte[]>? _derived;

    private Credential(string accessKeyId, CredentialScope scope)
    {
        AccessKeyId = accessKeyId;
        Scope = scope;
        ScopeText = Encoding.UTF8.GetBytes(scope.ToString());
    }

    public string AccessKeyId { get; }

    public CredentialScope Scope { get; }

    /// <summary>The scope as it stands in what is signed, UTF-8.</summary>
    public ReadOnlyMemory<byte> ScopeText { get; }

    /// <param name="fault">What a text of another form is.</param>
    public static Credential Parse(string text, SignatureFault fault)
    {
        var parts = text.Split('/');
        return parts is [{ Length: > 0 } id, { Length: 8 } date, var region, var service, CredentialScope.Terminator]
            ? new Credential(id, new CredentialScope(date, region, service))
            : throw new SignatureException(
                fault, "Credential is not of the form KEY/DATE/REGION/SERVICE/aws4_request");
    }

    /// <summary>The signing key that the secret gives for this scope.</summary>
    public byte[] SigningKey(AccessKey key)
    {
        if (Volatile.Read(ref _derived) is { } known && known.Item1 == key)
        {
            return known.Item2;
        }

        var day = SigningKeys.Sign(Encoding.UTF8.GetBytes("AWS4" + key.Secret), Scope.Date);
        var region = SigningKeys.Sign(day, Scope.Region);
        var service = SigningKeys.Sign(region, Scope.Service);
        var derived = SigningKeys.Sign(service, CredentialScope.Terminator);
        Volatile.Write(ref _derived, Tuple.Create(key, derived));
        return derived;
    }
}
