using System.Collections.Immutable;
using System.Text.Json;
using Tarn.Primitives.Errors;

namespace Tarn.Storage.Access.Policies;

/// <summary>
/// Principals: <c>"*"</c>, or <c>{"AWS": ...}</c> with <c>*</c>, the lake's account or users of it by ARN.
/// </summary>
internal sealed class PrincipalReader(string accountId, Predicate<string> isUser)
{
    public ImmutableArray<PolicyPrincipal> Read(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString() == "*" ? [Everybody] : throw Invalid(value.GetString()!);
        }

        PolicyJson.RequireObject(value, "Principal");
        foreach (var member in value.EnumerateObject())
        {
            if (member.Name != "AWS")
            {
                throw PolicyErrors.Malformed(
                    $"tarn does not support principals of type '{member.Name}'",
                    hint: $"name users: {{\"AWS\": \"{UserArn}NAME\"}}");
            }
        }

        return value.TryGetProperty("AWS", out var names)
            ? [.. PolicyJson.Texts(names, "Principal").Select(One)]
            : throw PolicyErrors.Malformed("Principal names nobody");
    }

    private static PolicyPrincipal Everybody => new(PrincipalKind.Everybody, "");

    private string UserArn => $"arn:aws:iam::{accountId}:user/";

    private PolicyPrincipal One(string name)
    {
        if (name == "*")
        {
            return Everybody;
        }

        if (name == accountId || name == $"arn:aws:iam::{accountId}:root")
        {
            return new PolicyPrincipal(PrincipalKind.Account, "");
        }

        var user = name.StartsWith(UserArn, StringComparison.Ordinal) ? name[UserArn.Length..] : "";
        return user.Length > 0 && isUser(user)
            ? new PolicyPrincipal(PrincipalKind.User, user)
            : throw Invalid(name);
    }

    private TarnException Invalid(string name) => PolicyErrors.Malformed(
        $"Invalid principal in policy: '{name}'",
        hint: $"use \"*\", or \"{UserArn}NAME\" with a user that exists (tarn user ls)");
}
