using System.Text.RegularExpressions;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Athena;

/// <summary>
/// Tags, which workgroups have here; Athena's other tagged resources, data catalogs and capacity reservations, cannot
/// be made. https://docs.aws.amazon.com/athena/latest/ug/tags.html
/// </summary>
internal static partial class WorkgroupTags
{
    private const int TagsMax = 50;

    /// <summary>The member Tags, checked.</summary>
    public static IReadOnlyDictionary<string, string> Read(JsonMembers members, bool isRequired)
    {
        var items = members.Objects("Tags");
        if (items is null && isRequired)
        {
            throw members.Missing("Tags");
        }

        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in items ?? [])
        {
            var key = AthenaErrors.Sized("Key", item.RequiredText("Key"), 1, 512);
            var value = AthenaErrors.Sized("Value", item.Text("Value") ?? "", 0, 1024);
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            {
                throw AthenaErrors.Invalid("aws: prefixed tag key names are not allowed for external use.");
            }

            if (!AllowedPattern().IsMatch(key + value) || !tags.TryAdd(key, value))
            {
                throw AthenaErrors.Invalid($"tag '{key}' has characters that tags cannot have, or stands there twice");
            }
        }

        return tags;
    }

    public static void Add(SortedDictionary<string, string> tags, IReadOnlyDictionary<string, string> added)
    {
        foreach (var (key, value) in added)
        {
            tags[key] = value;
        }

        if (tags.Count > TagsMax)
        {
            throw AthenaErrors.Invalid($"a resource has at most {TagsMax} tags");
        }
    }

    /// <summary>The workgroup's name of an ARN, or null.</summary>
    public static string? NameOf(string arn, LakeIdentity lake)
    {
        var match = ArnPattern().Match(arn);
        return match.Success && match.Groups[1].Value == lake.AccountId ? match.Groups[2].Value : null;
    }

    [GeneratedRegex(@"\A[\p{L}\p{M}\p{N}\p{Z}\t_.:/=+\-@]*\z")]
    private static partial Regex AllowedPattern();

    [GeneratedRegex(@"\Aarn:aws:athena:[a-z0-9-]+:([0-9]{12}):workgroup/([a-zA-Z0-9._-]{1,128})\z")]
    private static partial Regex ArnPattern();
}
