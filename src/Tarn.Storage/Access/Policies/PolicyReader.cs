using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Tarn.Storage.Access.Policies;

/// <summary>Reads the JSON of a policy, strictly: what is not known here is refused, never passed over.</summary>
internal sealed class PolicyReader(string bucket, string accountId, Predicate<string> isUser)
{
    public const string ResourcePrefix = "arn:aws:s3:::";
    public const int BytesMax = 20 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public BucketPolicy Read(string document)
    {
        if (Encoding.UTF8.GetByteCount(document) > BytesMax)
        {
            throw PolicyErrors.Malformed($"the policy has more than {BytesMax} bytes");
        }

        try
        {
            using var json = JsonDocument.Parse(document, Strict);
            return new BucketPolicy(Statements(json.RootElement));
        }
        catch (JsonException failure)
        {
            throw PolicyErrors.NotJson(failure);
        }
    }

    private ImmutableArray<PolicyStatement> Statements(JsonElement policy)
    {
        PolicyJson.RequireObject(policy, "the policy");
        JsonElement? statements = null;
        foreach (var member in policy.EnumerateObject())
        {
            switch (member.Name)
            {
                case "Version":
                    CheckVersion(PolicyJson.Text(member.Value, "Version"));
                    break;
                case "Id":
                    PolicyJson.Text(member.Value, "Id");
                    break;
                case "Statement":
                    statements = member.Value;
                    break;
                default:
                    throw PolicyErrors.Unknown("the policy", member.Name, ["Version", "Id", "Statement"]);
            }
        }

        var items = statements is { } given
            ? PolicyJson.Items(given)
            : throw PolicyErrors.Malformed("the policy has no Statement");
        return items.Count > 0
            ? [.. items.Select((item, index) => Statement(item, $"statement {index + 1}"))]
            : throw PolicyErrors.Malformed("the policy's Statement is empty");
    }

    private static void CheckVersion(string version)
    {
        if (version is not ("2012-10-17" or "2008-10-17"))
        {
            throw PolicyErrors.Malformed(
                $"policy version '{version}' does not exist", hint: "use \"Version\": \"2012-10-17\"");
        }
    }

    private PolicyStatement Statement(JsonElement statement, string place)
    {
        PolicyJson.RequireObject(statement, place);
        bool? denies = null;
        ImmutableArray<PolicyPrincipal>? principals = null;
        ImmutableArray<string>? actions = null;
        ImmutableArray<string>? resources = null;
        ImmutableArray<PolicyCondition> conditions = [];
        foreach (var member in statement.EnumerateObject())
        {
            switch (member.Name)
            {
                case "Sid":
                    PolicyJson.Text(member.Value, "Sid");
                    break;
                case "Effect":
                    denies = Denies(PolicyJson.Text(member.Value, "Effect"), place);
                    break;
                case "Principal":
                    principals = new PrincipalReader(accountId, isUser).Read(member.Value);
                    break;
                case "Action":
                    actions = [.. PolicyJson.Texts(member.Value, "Action").Select(Action)];
                    break;
                case "Resource":
                    resources = [.. PolicyJson.Texts(member.Value, "Resource").Select(Resource)];
                    break;
                case "Condition":
                    conditions = ConditionReader.Read(member.Value);
                    break;
                case "NotPrincipal" or "NotAction" or "NotResource":
                    throw PolicyErrors.Malformed(
                        $"tarn does not support {member.Name} in a bucket policy",
                        hint: $"say what is meant with {member.Name[3..]}, or deny it in a statement of its own");
                default:
                    throw PolicyErrors.Unknown(
                        place, member.Name, ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"]);
            }
        }

        var read = new PolicyStatement(
            denies ?? throw PolicyErrors.Missing(place, "Effect"),
            principals ?? throw PolicyErrors.Missing(place, "Principal"),
            actions ?? throw PolicyErrors.Missing(place, "Action"),
            resources ?? throw PolicyErrors.Missing(place, "Resource"),
            conditions);
        CheckActionsApply(read, place);
        return read;
    }

    private static bool Denies(string effect, string place) => effect switch
    {
        "Allow" => false,
        "Deny" => true,
        _ => throw PolicyErrors.Malformed($"{place} has Effect '{effect}'; there are Allow and Deny"),
    };

    private static string Action(string action)
    {
        var known = ActionTable.All.Where(rule => rule.IsForPolicies).Select(rule => rule.Name);
        return known.Any(name => Wildcard.Matches(action, name, ignoreCase: true))
            ? action
            : throw PolicyErrors.Invalid("action", action, known);
    }

    private string Resource(string resource)
    {
        var own = ResourcePrefix + bucket;
        var isOwn = resource == own || resource.StartsWith(own + "/", StringComparison.Ordinal);
        if (!isOwn || resource.Length == own.Length + 1)
        {
            throw PolicyErrors.Malformed(
                $"Policy has invalid resource: '{resource}'",
                hint: $"use \"{own}\" for the bucket, \"{own}/*\" for objects");
        }

        return resource.Contains("${", StringComparison.Ordinal)
            ? throw PolicyErrors.Malformed($"tarn does not support policy variables, as in resource '{resource}'")
            : resource;
    }

    /// <summary>As AWS: an action on objects needs a resource that is objects, one on the bucket the bucket.</summary>
    private void CheckActionsApply(PolicyStatement statement, string place)
    {
        var own = ResourcePrefix + bucket;
        var hasBucket = statement.Resources.Contains(own);
        var hasObjects = statement.Resources.Any(resource => resource != own);
        foreach (var action in statement.Actions)
        {
            var fits = ActionTable.All.Any(rule =>
                rule.IsForPolicies
                && (rule.Scope == ActionScope.Object ? hasObjects : hasBucket)
                && Wildcard.Matches(action, rule.Name, ignoreCase: true));
            if (!fits)
            {
                throw PolicyErrors.Malformed(
                    $"Action does not apply to any resource(s) in statement: '{action}' of {place}",
                    hint: $"actions on objects need \"{own}/*\", actions on the bucket \"{own}\"");
            }
        }
    }
}
