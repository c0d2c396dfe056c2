using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Tarn.Storage.Access;

namespace Tarn.Aws.Protocol.Signing;

/// <summary>
/// Derives the key of a day, region and service from a secret, and remembers it: clients use one for a whole day.
/// </summary>
internal sealed class SigningKeys
{
    private const int RememberedMax = 1024;
    private readonly ConcurrentDictionary<(AccessKey Key, CredentialScope Scope), byte[]> _derived = new();

    public byte[] Derive(AccessKey key, CredentialScope scope)
    {
        if (_derived.TryGetValue((key, scope), out var known))
        {
            return known;
        }

        var day = Sign(Encoding.UTF8.GetBytes("AWS4" + key.Secret), scope.Date);
        var region = Sign(day, scope.Region);
        var service = Sign(region, scope.Service);
        var derived = Sign(service, CredentialScope.Terminator);
        if (_derived.Count >= RememberedMax)
        {
            _derived.Clear();
        }

        _derived[(key, scope)] = derived;
        return derived;
    }

    public static byte[] Sign(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
