using System.Collections.Immutable;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery;

/// <summary>What holds of the tags of delivery streams.</summary>
public static class DeliveryTags
{
    private const int CountMax = 50;

    /// <summary>Tags are told apart and ordered by ordinal key.</summary>
    public static ImmutableSortedDictionary<string, string> None { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    internal static void Check(ImmutableSortedDictionary<string, string> tags)
    {
        if (tags.Count > CountMax)
        {
            throw new TarnException(
                ErrorKind.LimitExceeded,
                $"a delivery stream would have {tags.Count} tags",
                $"at most {CountMax} are kept");
        }

        foreach (var (key, value) in tags)
        {
            if (key.Length is 0 or > 128 || value.Length > 256)
            {
                throw new TarnException(
                    ErrorKind.Invalid,
                    $"tag '{key}' is not valid",
                    hint: "use keys of 1 to 128 and values of up to 256 characters");
            }
        }
    }
}
