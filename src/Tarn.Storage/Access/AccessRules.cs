using System.Text.RegularExpressions;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Storage.Access;

/// <summary>What names, keys and grants may look like. Throws Invalid saying which rule is broken.</summary>
internal static partial class AccessRules
{
    public const int KeysMax = 20;

    public static void CheckName(string name)
    {
        if (!Name().IsMatch(name))
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"'{name}' is not a user name",
                hint: "use 1 to 64 letters, digits and + = , . @ _ -");
        }

        if (name.Equals(AccessKey.RootName, StringComparison.OrdinalIgnoreCase))
        {
            throw new TarnException(
                ErrorKind.Invalid,
                "'root' is the user that may do everything, it cannot be created",
                hint: "its key stands in the data directory's credentials file");
        }
    }

    public static void CheckKey(GivenKey key)
    {
        if (!KeyId().IsMatch(key.AccessKeyId))
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"'{key.AccessKeyId}' is not an access key id",
                hint: "use 16 to 128 letters, digits and underscores");
        }

        if (key.Secret.Length is < 8 or > 128 || key.Secret.Any(letter => letter is <= ' ' or > '~'))
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"the secret of '{key.AccessKeyId}' is not 8 to 128 printable ASCII characters without spaces",
                $"it has {key.Secret.Length} characters");
        }
    }

    public static void CheckGrant(Grant grant)
    {
        BucketName.Check(grant.Bucket);
        if (grant.Prefix.Length > 0)
        {
            ObjectKeyRules.Check(new ObjectKey(grant.Bucket, grant.Prefix));
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9+=,.@_-]{1,64}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Za-z0-9_]{16,128}\z")]
    private static partial Regex KeyId();
}
