using System.Security.Cryptography;

namespace Tarn.Storage.Access;

/// <summary>Where new access keys come from; passed by constructor so that tests can repeat a run.</summary>
internal abstract class KeySource
{
    /// <summary>Random keys: an id of 20 characters that begins with AKIA, a secret of 40 (238 random bits).</summary>
    public static KeySource System { get; } = new RandomKeys();

    public abstract GivenKey Next();

    private sealed class RandomKeys : KeySource
    {
        private const string IdLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        private const string SecretLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

        public override GivenKey Next() => new("AKIA" + Text(16, IdLetters), Text(40, SecretLetters));

        private static string Text(int length, string letters) =>
            RandomNumberGenerator.GetString(letters, length);
    }
}
