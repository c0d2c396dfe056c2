using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Tarn.Aws.Protocol.Xml;
using Tarn.Aws.S3.Tagging;
using Tarn.Storage.Objects.Lifecycle;

namespace Tarn.Aws.S3.Lifecycle;

/// <summary>
/// Which objects a rule is about: <c>Filter</c> with one predicate, or with several below <c>And</c>, or the old form,
/// a <c>Prefix</c> of the rule itself.
/// </summary>
internal static class LifecycleFilterDocument
{
    private const int PrefixBytesMax = 1024;

    private static readonly string[] Predicates = ["Prefix", "Tag", "ObjectSizeGreaterThan", "ObjectSizeLessThan"];

    public static (LifecycleFilter Filter, bool IsOldForm) Parse(XElement rule)
    {
        var filter = rule.Element("Filter");
        if (rule.Element("Prefix") is not null)
        {
            return filter is null
                ? (new LifecycleFilter(Prefix(rule), Tags: null, SizeGreaterThan: null, SizeLessThan: null), true)
                : throw S3Document.Malformed("Rule has both Prefix and Filter");
        }

        if (filter is null || rule.Elements("Filter").Count() > 1)
        {
            throw S3Document.Malformed("Rule needs one Filter, or one Prefix");
        }

        var children = S3Document.Children(filter, [.. Predicates, "And"]);
        if (children.Count > 1)
        {
            throw S3Document.Malformed("Filter has more than one predicate; And joins them");
        }

        if (children is not [{ Name.LocalName: "And" } and])
        {
            return (Read(filter), false);
        }

        return S3Document.Children(and, Predicates).Count > 1
            ? (Read(and), false)
            : throw S3Document.Malformed("And needs two predicates or more");
    }

    public static void Write(XmlAnswer answer, LifecycleRule rule)
    {
        var filter = rule.Filter;
        if (rule.IsOldForm)
        {
            answer.Text("Prefix", filter.Prefix);
            return;
        }

        var tags = filter.Tags ?? new Dictionary<string, string>();
        var isJoined = tags.Count + (filter.Prefix is null ? 0 : 1) + (filter.SizeGreaterThan is null ? 0 : 1)
            + (filter.SizeLessThan is null ? 0 : 1) > 1;
        answer.Open("Filter");
        if (isJoined)
        {
            answer.Open("And");
        }

        answer.Text("Prefix", filter.Prefix);
        foreach (var (key, value) in tags)
        {
            answer.Open("Tag").Text("Key", key).Text("Value", value).Close();
        }

        answer.Text("ObjectSizeGreaterThan", filter.SizeGreaterThan?.ToString(CultureInfo.InvariantCulture))
            .Text("ObjectSizeLessThan", filter.SizeLessThan?.ToString(CultureInfo.InvariantCulture));
        if (isJoined)
        {
            answer.Close();
        }

        answer.Close();
    }

    private static LifecycleFilter Read(XElement parent)
    {
        var greater = Size(parent, "ObjectSizeGreaterThan");
        var less = Size(parent, "ObjectSizeLessThan");
        if (greater >= less)
        {
            throw LifecycleErrors.Invalid("'ObjectSizeLessThan' has to be greater than 'ObjectSizeGreaterThan'");
        }

        var tags = TagSet.ParseAll(parent.Elements("Tag"), TagSet.ObjectTagsMax);
        return new LifecycleFilter(
            parent.Element("Prefix") is null ? null : Prefix(parent), tags.Count == 0 ? null : tags, greater, less);
    }

    private static string Prefix(XElement parent)
    {
        var prefix = S3Document.Text(parent, "Prefix");
        return Encoding.UTF8.GetByteCount(prefix) <= PrefixBytesMax
            ? prefix
            : throw LifecycleErrors.Invalid(
                $"The maximum size of a prefix is {PrefixBytesMax} characters");
    }

    private static long? Size(XElement parent, string name)
    {
        if (parent.Element(name) is null)
        {
            return null;
        }

        return long.TryParse(
            S3Document.Text(parent, name), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? bytes
            : throw S3Document.Malformed($"{name} is no number of bytes");
    }
}
