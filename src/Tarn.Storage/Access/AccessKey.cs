namespace Tarn.Storage.Access;

/// <summary>An access key of a user of this lake.</summary>
/// <param name="AccessKeyId">16 to 128 characters of [A-Za-z0-9_].</param>
/// <param name="Secret">8 to 128 printable characters. Never logged.</param>
/// <param name="UserName">Whom it belongs to; <c>root</c> for the generated key.</param>
public sealed record AccessKey(string AccessKeyId, string Secret, string UserName)
{
    /// <summary>The user that may do everything; no other can have this name.</summary>
    public const string RootName = "root";

    public bool IsRoot => UserName == RootName;

    public override string ToString() => $"{UserName} ({AccessKeyId})";
}
