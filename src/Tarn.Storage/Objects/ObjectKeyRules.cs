using System.Text;

namespace Tarn.Storage.Objects;

/// <summary>What every store demands of a key before it is written.</summary>
internal static class ObjectKeyRules
{
    public const int KeyBytesMax = 1024;

    public static readonly UTF8Encoding StrictUtf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The key's UTF-8 bytes. Fails with Invalid: bucket name, empty or long key, half a surrogate pair.
    /// </summary>
    public static byte[] Check(ObjectKey key)
    {
        BucketName.Check(key.Bucket);
        if (key.Key.Length == 0)
            throw ObjectErrors.InvalidKey("key is empty");
        try
        {
            var bytes = StrictUtf8.GetBytes(key.Key);
            return bytes.Length <= KeyBytesMax ? bytes : throw ObjectErrors.KeyTooLong(bytes.Length);
        }
        catch (EncoderFallbackException)
        {
            throw ObjectErrors.InvalidKey("key is not UTF-8 text");
        }
    }
}
