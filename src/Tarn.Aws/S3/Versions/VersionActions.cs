using System.Collections.Frozen;

namespace Tarn.Aws.S3.Versions;

/// <summary>
/// The action that S3 asks for where a request names a version: another one than for the current object.
/// </summary>
internal static class VersionActions
{
    private static readonly FrozenDictionary<string, string> ByAction = new Dictionary<string, string>
    {
        ["s3:DeleteObject"] = "s3:DeleteObjectVersion",
        ["s3:DeleteObjectTagging"] = "s3:DeleteObjectVersionTagging",
        ["s3:GetObject"] = "s3:GetObjectVersion",
        ["s3:GetObjectAcl"] = "s3:GetObjectVersionAcl",
        ["s3:GetObjectAttributes"] = "s3:GetObjectVersionAttributes",
        ["s3:GetObjectTagging"] = "s3:GetObjectVersionTagging",
        ["s3:PutObjectTagging"] = "s3:PutObjectVersionTagging",
    }.ToFrozenDictionary();

    public static string Of(string action, string? versionId) =>
        versionId is null ? action : ByAction.GetValueOrDefault(action, action);
}
