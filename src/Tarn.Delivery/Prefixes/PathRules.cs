namespace Tarn.Delivery.Prefixes;

/// <summary>
/// What the name of a delivered object must not hold, whoever says so: the settings or a record's own values.
/// </summary>
internal static class PathRules
{
    /// <summary>Why the text may not begin an object's name; null when it may.</summary>
    public static string? Find(ReadOnlySpan<char> prefix)
    {
        if (prefix.StartsWith('/'))
        {
            return "begins with '/'";
        }

        foreach (var range in prefix.Split('/'))
        {
            if (prefix[range] is "." or "..")
            {
                return $"holds the segment '{prefix[range]}'";
            }
        }

        for (var i = 0; i < prefix.Length; i++)
        {
            if (char.IsControl(prefix[i]))
            {
                return $"holds the control character U+{(int)prefix[i]:X4}";
            }

            if (char.IsSurrogate(prefix[i]))
            {
                if (i + 1 == prefix.Length || !char.IsSurrogatePair(prefix[i], prefix[i + 1]))
                {
                    return "holds half a surrogate pair";
                }

                i++;
            }
        }

        return null;
    }
}
