using System.Globalization;
using System.Xml.Linq;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Xml;

namespace Tarn.Aws.S3.Cors;

/// <summary>CORS settings as S3 writes them in XML.</summary>
internal static class CorsDocument
{
    private const int RulesMax = 100;
    private const int IdCharactersMax = 255;

    private static readonly string[] Methods = ["GET", "PUT", "POST", "DELETE", "HEAD"];

    public static CorsConfiguration Parse(XElement document)
    {
        var rules = S3Document.Children(document, "CORSRule").Select(Rule).ToList();
        return rules.Count is >= 1 and <= RulesMax
            ? new CorsConfiguration(rules)
            : throw S3Document.Malformed($"{rules.Count} rules; 1 to {RulesMax} are taken");
    }

    public static XmlAnswer Write(CorsConfiguration configuration)
    {
        var answer = new XmlAnswer("CORSConfiguration", S3Call.Namespace);
        foreach (var rule in configuration.Rules)
        {
            answer.Open("CORSRule").Text("ID", rule.Id);
            WriteAll(answer, "AllowedMethod", rule.AllowedMethods);
            WriteAll(answer, "AllowedOrigin", rule.AllowedOrigins);
            WriteAll(answer, "AllowedHeader", rule.AllowedHeaders);
            WriteAll(answer, "ExposeHeader", rule.ExposeHeaders);
            answer.Text("MaxAgeSeconds", rule.MaxAgeSeconds?.ToString(CultureInfo.InvariantCulture)).Close();
        }

        return answer;
    }

    private static CorsRule Rule(XElement rule)
    {
        _ = S3Document.Children(
            rule, "ID", "AllowedMethod", "AllowedOrigin", "AllowedHeader", "ExposeHeader", "MaxAgeSeconds");
        var origins = All(rule, "AllowedOrigin");
        var methods = All(rule, "AllowedMethod");
        var headers = All(rule, "AllowedHeader");
        var exposed = All(rule, "ExposeHeader");
        if (origins.Count == 0 || methods.Count == 0)
        {
            throw S3Document.Malformed("CORSRule needs an AllowedOrigin and an AllowedMethod");
        }

        if (methods.Find(method => !Methods.Contains(method)) is { } unknown)
        {
            throw Invalid($"Found unsupported HTTP method in CORS config. Unsupported method is {unknown}");
        }

        CheckWildcards("AllowedOrigin", origins, starsMax: 1);
        CheckWildcards("AllowedHeader", headers, starsMax: 1);
        CheckWildcards("ExposeHeader", exposed, starsMax: 0);
        return new CorsRule(Id(rule), origins, methods, headers, exposed, MaxAge(rule));
    }

    private static string? Id(XElement rule)
    {
        var id = rule.Element("ID") is null ? null : S3Document.Text(rule, "ID");
        return id is { Length: > IdCharactersMax }
            ? throw Invalid($"the ID of a CORS rule has {id.Length} characters; the most is {IdCharactersMax}")
            : id;
    }

    private static int? MaxAge(XElement rule) => rule.Element("MaxAgeSeconds") is null
        ? null
        : int.TryParse(
            S3Document.Text(rule, "MaxAgeSeconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : throw S3Document.Malformed("MaxAgeSeconds is no number");

    private static List<string> All(XElement rule, string name) =>
        [.. rule.Elements(name).Select(element => element.Value.Trim()).Where(text => text.Length > 0)];

    private static void CheckWildcards(string element, List<string> values, int starsMax)
    {
        if (values.Find(value => value.Count(c => c == '*') > starsMax) is { } value)
        {
            throw Invalid(starsMax == 0
                ? $"{element} \"{value}\" contains wildcard. We currently do not support wildcard for {element}."
                : $"{element} \"{value}\" can not have more than one wildcard.");
        }
    }

    private static void WriteAll(XmlAnswer answer, string element, IReadOnlyList<string> values)
    {
        foreach (var value in values)
        {
            answer.Text(element, value);
        }
    }

    private static AwsException Invalid(string message) => new("InvalidRequest", 400, message);
}
