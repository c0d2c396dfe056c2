using System.Globalization;
using System.Xml.Linq;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Xml;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects.Lifecycle;

namespace Tarn.Aws.S3.Lifecycle;

/// <summary>
/// Lifecycle rules as S3 writes them in XML, with S3's checks. Rules that move objects to another storage class are
/// refused: there is one.
/// </summary>
internal static class LifecycleDocument
{
    private const int RulesMax = 1000;
    private const int IdCharactersMax = 255;

    private static readonly string[] RuleElements =
    [
        "ID", "Prefix", "Filter", "Status", "Expiration", "AbortIncompleteMultipartUpload",
        "NoncurrentVersionExpiration", "Transition", "NoncurrentVersionTransition",
    ];

    /// <param name="ids">Gives names to rules that come without.</param>
    public static LifecycleConfiguration Parse(XElement document, IdSource ids)
    {
        var rules = S3Document.Children(document, "Rule").Select(rule => Rule(rule, ids)).ToList();
        if (rules.Count is < 1 or > RulesMax)
        {
            throw S3Document.Malformed($"{rules.Count} rules; 1 to {RulesMax} are taken");
        }

        if (rules.Select(rule => rule.Id).Distinct().Count() < rules.Count)
        {
            throw S3Errors.InvalidArgument("Rule ID must be unique. Found same ID for more than one rule");
        }

        if (rules.Select(rule => rule.IsOldForm).Distinct().Count() > 1)
        {
            throw LifecycleErrors.Invalid(
                "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.");
        }

        return new LifecycleConfiguration(rules);
    }

    public static XmlAnswer Write(LifecycleConfiguration configuration)
    {
        var answer = new XmlAnswer("LifecycleConfiguration", S3Call.Namespace);
        foreach (var rule in configuration.Rules)
        {
            answer.Open("Rule").Text("ID", rule.Id);
            LifecycleFilterDocument.Write(answer, rule);
            answer.Text("Status", rule.IsEnabled ? "Enabled" : "Disabled");
            WriteActions(answer, rule);
            answer.Close();
        }

        return answer;
    }

    private static LifecycleRule Rule(XElement element, IdSource ids)
    {
        _ = S3Document.Children(element, RuleElements);
        foreach (var moved in element.Elements().Where(
            child => child.Name.LocalName.EndsWith("Transition", StringComparison.Ordinal)))
        {
            throw LifecycleErrors.Transition(moved.Name.LocalName);
        }

        var id = element.Element("ID") is null ? "" : S3Document.Text(element, "ID");
        if (id.Length > IdCharactersMax)
        {
            throw S3Errors.InvalidArgument($"ID length should not exceed allowed limit of {IdCharactersMax}");
        }

        var isEnabled = S3Document.Text(element, "Status") switch
        {
            "Enabled" => true,
            "Disabled" => false,
            var other => throw S3Document.Malformed($"Status is '{other}', neither Enabled nor Disabled"),
        };
        var (filter, isOldForm) = LifecycleFilterDocument.Parse(element);
        var rule = LifecycleActions.Read(
            element, new LifecycleRule(id.Length > 0 ? id : ids.Next().ToString("N"), isEnabled, isOldForm, filter));
        LifecycleActions.Check(rule);
        return rule;
    }

    private static void WriteActions(XmlAnswer answer, LifecycleRule rule)
    {
        if (rule.ExpirationDays is not null || rule.ExpirationDate is not null || rule.ExpiresDeleteMarkers is not null)
        {
            answer.Open("Expiration")
                .Text("Date", rule.ExpirationDate?.UtcDateTime.ToString(
                    "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))
                .Text("Days", Number(rule.ExpirationDays))
                .Text("ExpiredObjectDeleteMarker", rule.ExpiresDeleteMarkers switch
                {
                    null => null,
                    true => "true",
                    false => "false",
                })
                .Close();
        }

        if (rule.NoncurrentDays is not null)
        {
            answer.Open("NoncurrentVersionExpiration")
                .Text("NoncurrentDays", Number(rule.NoncurrentDays))
                .Text("NewerNoncurrentVersions", Number(rule.NewerNoncurrentVersions))
                .Close();
        }

        if (rule.AbortUploadsAfterDays is not null)
        {
            answer.Open("AbortIncompleteMultipartUpload")
                .Text("DaysAfterInitiation", Number(rule.AbortUploadsAfterDays))
                .Close();
        }
    }

    private static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);
}
