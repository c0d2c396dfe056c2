using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// Tags as https://docs.aws.amazon.com/streams/latest/dev/tagging.html bounds them: how they are read, changed and
/// written, for streams and consumers alike.
/// </summary>
internal static partial class TagRules
{
    public const int TagsMax = 50;

    private const int RequestTagsMax = 200;
    private const int KeyCharactersMax = 128;
    private const int ValueCharactersMax = 256;

    /// <summary>The member Tags, checked; null when absent.</summary>
    public static IReadOnlyDictionary<string, string>? Read(JsonMembers members)
    {
        if (members.Map("Tags") is not { } tags)
        {
            return null;
        }

        CheckCount(members, "Tags", tags.Count, RequestTagsMax);
        if (tags.Keys.Any(key => key.Length is < 1 or > KeyCharactersMax))
        {
            throw Violation(members, "Tags", $"Map keys must satisfy constraint: [{Lengths(KeyCharactersMax, 1)}]");
        }

        if (tags.Values.Any(value => value.Length > ValueCharactersMax))
        {
            throw Violation(members, "Tags", $"Map value must satisfy constraint: [{Lengths(ValueCharactersMax, 0)}]");
        }

        CheckCharacters(tags.Keys.Concat(tags.Values));
        if (tags.Keys.Any(key => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)))
        {
            throw KinesisErrors.InvalidArgument("aws: prefixed tag key names are not allowed for external use.");
        }

        return tags;
    }

    public static IReadOnlyDictionary<string, string> ReadRequired(JsonMembers members) =>
        Read(members) ?? throw members.Missing("Tags");

    /// <summary>The member TagKeys, checked.</summary>
    public static IReadOnlyList<string> ReadKeys(JsonMembers members)
    {
        var keys = members.Texts("TagKeys") ?? throw members.Missing("TagKeys");
        CheckCount(members, "TagKeys", keys.Count, TagsMax);
        if (keys.Any(key => key.Length is < 1 or > KeyCharactersMax))
        {
            throw Violation(members, "TagKeys", $"Member must satisfy constraint: [{Lengths(KeyCharactersMax, 1)}]");
        }

        CheckCharacters(keys);
        return keys;
    }

    /// <summary>Adds or overwrites.</summary>
    /// <param name="resource">Such as <c>stream orders</c>, for the error of too many.</param>
    public static ImmutableSortedDictionary<string, string> Add(
        ImmutableSortedDictionary<string, string> tags,
        IReadOnlyDictionary<string, string>? added,
        string resource,
        LakeIdentity lake)
    {
        var all = tags.SetItems(added ?? StreamSpec.NoTags);
        return all.Count <= TagsMax
            ? all
            : throw KinesisErrors.InvalidArgument(
                $"Failed to add tags to {resource} under account {lake.AccountId} because a given "
                + $"{resource.Split(' ')[0]} cannot have more than {TagsMax} tags associated with it.");
    }

    /// <summary>Writes the member Tags, a list of keys and values.</summary>
    public static void Write(Utf8JsonWriter answer, IEnumerable<KeyValuePair<string, string>> tags)
    {
        answer.WriteStartArray("Tags");
        foreach (var (key, value) in tags)
        {
            answer.WriteStartObject();
            answer.WriteString("Key", key);
            answer.WriteString("Value", value);
            answer.WriteEndObject();
        }

        answer.WriteEndArray();
    }

    private static void CheckCount(JsonMembers members, string name, int count, int countMax)
    {
        if (count < 1 || count > countMax)
        {
            var (relation, bound) = count < 1 ? ("greater", 1) : ("less", countMax);
            throw Violation(members, name, $"Member must have length {relation} than or equal to {bound}");
        }
    }

    private static void CheckCharacters(IEnumerable<string> texts)
    {
        if (!texts.All(AllowedPattern().IsMatch))
        {
            throw KinesisErrors.InvalidArgument(
                "Some tags contain invalid characters. Valid characters: "
                + "Unicode letters, digits, white space, _ . : / = + - @.");
        }
    }

    private static string Lengths(int max, int min) =>
        $"Member must have length less than or equal to {max}, Member must have length greater than or equal to {min}";

    private static Protocol.AwsException Violation(JsonMembers members, string name, string constraint) =>
        KinesisMembers.Violation(members, name, "{...}", constraint);

    [GeneratedRegex(@"\A[\p{L}\p{M}\p{N}\p{Z}\t_.:/=+\-@]*\z")]
    private static partial Regex AllowedPattern();
}
