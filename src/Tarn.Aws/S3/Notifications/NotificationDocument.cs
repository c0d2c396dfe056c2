using System.Xml.Linq;
using Tarn.Aws.Kinesis;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Xml;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects.Notifications;

namespace Tarn.Aws.S3.Notifications;

/// <summary>
/// Notification settings as S3 writes them in XML. A queue stands for a stream of this lake, named by its Kinesis ARN;
/// all other targets are refused by name.
/// </summary>
internal static class NotificationDocument
{
    private const int RulesMax = 100;
    private const int IdCharactersMax = 255;

    private static readonly string[] Targets =
        ["TopicConfiguration", "QueueConfiguration", "CloudFunctionConfiguration", "EventBridgeConfiguration"];

    /// <summary>Null: nothing is to be told.</summary>
    /// <param name="ids">Gives names to rules that come without.</param>
    public static NotificationConfiguration? Parse(XElement document, LakeIdentity lake, IdSource ids)
    {
        var rules = new List<NotificationRule>();
        foreach (var target in S3Document.Children(document, Targets))
        {
            if (target.Name.LocalName != "QueueConfiguration")
            {
                throw NotificationErrors.OtherTarget(target.Name.LocalName, lake);
            }

            rules.Add(Rule(target, lake, ids));
        }

        if (rules.Count > RulesMax)
        {
            throw S3Errors.InvalidArgument($"{rules.Count} configurations; at most {RulesMax} are taken");
        }

        NotificationChecks.Check(rules);
        return rules.Count == 0 ? null : new NotificationConfiguration(rules);
    }

    public static XmlAnswer Write(NotificationConfiguration? configuration, LakeIdentity lake)
    {
        var answer = new XmlAnswer("NotificationConfiguration", S3Call.Namespace);
        foreach (var rule in configuration?.Rules ?? [])
        {
            answer.Open("QueueConfiguration").Text("Id", rule.Id);
            WriteFilter(answer, rule);
            answer.Text("Queue", StreamRef.ArnOf(lake, rule.Stream));
            foreach (var name in rule.Events)
            {
                answer.Text("Event", name);
            }

            answer.Close();
        }

        return answer;
    }

    private static NotificationRule Rule(XElement rule, LakeIdentity lake, IdSource ids)
    {
        _ = S3Document.Children(rule, "Id", "Queue", "Event", "Filter");
        var id = rule.Element("Id") is null ? ids.Next().ToString("N") : S3Document.Text(rule, "Id");
        if (id.Length is 0 or > IdCharactersMax)
        {
            throw S3Errors.InvalidArgument($"an Id has 1 to {IdCharactersMax} characters, not {id.Length}");
        }

        var events = rule.Elements("Event").Select(element => element.Value.Trim()).ToList();
        if (events.Count == 0)
        {
            throw S3Document.Malformed("QueueConfiguration needs an Event");
        }

        var stream = NotificationChecks.Stream(S3Document.Text(rule, "Queue").Trim(), lake);
        var (prefix, suffix) = Filter(rule);
        return new NotificationRule(
            id, stream, [.. events.Select(NotificationChecks.Event).Distinct()], prefix, suffix);
    }

    /// <summary>Name and value of each filter rule; <c>Filter/S3Key/FilterRule</c>.</summary>
    private static (string? Prefix, string? Suffix) Filter(XElement rule)
    {
        string? prefix = null;
        string? suffix = null;
        var filters = rule.Elements("Filter")
            .SelectMany(filter => S3Document.Children(filter, "S3Key"))
            .SelectMany(key => S3Document.Children(key, "FilterRule"));
        foreach (var filter in filters)
        {
            _ = S3Document.Children(filter, "Name", "Value");
            var value = NotificationChecks.FilterValue(S3Document.Text(filter, "Value"));
            switch (S3Document.Text(filter, "Name").Trim().ToLowerInvariant())
            {
                case "prefix":
                    prefix = prefix is null ? value : throw NotificationErrors.FilterTwice("prefix");
                    break;
                case "suffix":
                    suffix = suffix is null ? value : throw NotificationErrors.FilterTwice("suffix");
                    break;
                default:
                    throw S3Errors.InvalidArgument("filter rule name must be either prefix or suffix");
            }
        }

        return (prefix, suffix);
    }

    private static void WriteFilter(XmlAnswer answer, NotificationRule rule)
    {
        if (rule.Prefix is null && rule.Suffix is null)
        {
            return;
        }

        answer.Open("Filter").Open("S3Key");
        Write("Prefix", rule.Prefix);
        Write("Suffix", rule.Suffix);
        answer.Close().Close();

        void Write(string name, string? value)
        {
            if (value is not null)
            {
                answer.Open("FilterRule").Text("Name", name).Text("Value", value).Close();
            }
        }
    }
}
