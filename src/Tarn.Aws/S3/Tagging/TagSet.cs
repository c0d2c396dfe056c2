using System.Xml.Linq;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Xml;

namespace Tarn.Aws.S3.Tagging;

/// <summary>
/// Tags of objects and buckets, in XML and in the header x-amz-tagging:
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
/// </summary>
internal static class TagSet
{
    public const int ObjectTagsMax = 10;
    public const int BucketTagsMax = 50;

    private const int KeyCharactersMax = 128;
    private const int ValueCharactersMax = 256;

    /// <summary>From the form <c>a=1&amp;b=2</c>, for an object.</summary>
    public static IReadOnlyDictionary<string, string> ParseHeader(string text)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in QueryString.Pairs(text))
        {
            Add(tags, key, value);
        }

        return Counted(tags, ObjectTagsMax);
    }

    /// <summary>From <c>Tagging/TagSet/Tag</c> with <c>Key</c> and <c>Value</c>.</summary>
    public static IReadOnlyDictionary<string, string> Parse(XElement tagging, int tagsMax)
    {
        var sets = S3Document.Children(tagging, "TagSet");
        if (sets.Count != 1)
        {
            throw S3Document.Malformed("Tagging needs one TagSet");
        }

        return ParseAll(S3Document.Children(sets[0], "Tag"), tagsMax);
    }

    /// <summary>From elements with <c>Key</c> and <c>Value</c>.</summary>
    public static IReadOnlyDictionary<string, string> ParseAll(IEnumerable<XElement> elements, int tagsMax)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in elements)
        {
            _ = S3Document.Children(tag, "Key", "Value");
            Add(tags, S3Document.Text(tag, "Key"), S3Document.Text(tag, "Value"));
        }

        return Counted(tags, tagsMax);
    }

    public static XmlAnswer Write(IReadOnlyDictionary<string, string> tags)
    {
        var answer = new XmlAnswer("Tagging", S3Call.Namespace);
        answer.Open("TagSet");
        foreach (var (key, value) in tags)
        {
            answer.Open("Tag").Text("Key", key).Text("Value", value).Close();
        }

        answer.Close();
        return answer;
    }

    private static void Add(Dictionary<string, string> tags, string key, string value)
    {
        if (key.Length is 0 or > KeyCharactersMax || !IsText(key)
            || key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid("The TagKey you have provided is invalid");
        }

        if (value.Length > ValueCharactersMax || !IsText(value))
        {
            throw Invalid("The TagValue you have provided is invalid");
        }

        if (!tags.TryAdd(key, value))
        {
            throw Invalid("Cannot provide multiple Tags with the same key");
        }
    }

    private static bool IsText(string text) => text.EnumerateRunes().All(rune =>
        System.Text.Rune.IsLetterOrDigit(rune)
        || System.Text.Rune.IsWhiteSpace(rune)
        || rune.Value is '+' or '-' or '=' or '.' or '_' or ':' or '/' or '@');

    private static Dictionary<string, string> Counted(Dictionary<string, string> tags, int tagsMax) =>
        tags.Count <= tagsMax
            ? tags
            : throw new AwsException(
                "BadRequest",
                400,
                tagsMax == ObjectTagsMax
                    ? $"Object tags cannot be greater than {tagsMax}"
                    : $"Bucket tag count cannot be greater than {tagsMax}");

    private static AwsException Invalid(string message) => new("InvalidTag", 400, message);
}
