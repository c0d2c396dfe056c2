using System.Security.Cryptography;
using System.Text;
using Tarn.Primitives.Errors;
using Tarn.Storage.Access;

namespace Tarn.Console.Access;

/// <summary>Checks an access key id with its secret, in a time that tells nothing about either.</summary>
internal sealed class KeyCheck(IAccessKeys keys, SignInThrottle throttle)
{
    /// <summary>The key when the secret is its own; otherwise null, after the throttle's wait.</summary>
    public async Task<AccessKey?> CheckAsync(string accessKeyId, string secret, CancellationToken cancellation)
    {
        if (throttle.IsFull)
        {
            throw new TarnException(
                ErrorKind.Unavailable,
                "too many sign-in attempts with wrong keys are waiting",
                hint: "wait some seconds, then try again");
        }

        var key = keys.Find(accessKeyId);
        var same = CryptographicOperations.FixedTimeEquals(Digest(secret), Digest(key?.Secret ?? ""));
        if (key is not null && same)
        {
            throttle.Succeed();
            return key;
        }

        await throttle.FailAsync(cancellation);
        return null;
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
