namespace Tarn.Storage.Objects.Lifecycle;

/// <summary>Which keys have to be looked at for some rules: no key twice, and none that no rule is about.</summary>
internal static class LifecyclePrefixes
{
    public static IReadOnlyList<string> Of(LifecycleConfiguration configuration, Func<LifecycleRule, bool> isWanted)
    {
        var least = new List<string>();
        var prefixes = configuration.Rules.Where(rule => rule.IsEnabled && isWanted(rule))
            .Select(rule => rule.Filter.Prefix ?? "");
        foreach (var prefix in prefixes.Order(StringComparer.Ordinal))
        {
            // In this order a prefix comes before all that it covers.
            if (!least.Exists(shorter => prefix.StartsWith(shorter, StringComparison.Ordinal)))
            {
                least.Add(prefix);
            }
        }

        return least;
    }
}
