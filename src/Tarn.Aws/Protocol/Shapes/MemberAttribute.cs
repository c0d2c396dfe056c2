namespace Tarn.Aws.Protocol.Shapes;

/// <summary>
/// What AWS's model says about a member of a structure, and what Tarn makes of it. The property has the member's name
/// as it is on the wire.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MemberAttribute : Attribute
{
    /// <summary>Must be there.</summary>
    public bool IsNeeded { get; set; }

    /// <summary>Must be there to create, not to update.</summary>
    public bool IsNeededToCreate { get; set; }

    /// <summary>The least number, or length of a text or of each text in a list or map.</summary>
    public long Min { get; set; } = long.MinValue;

    /// <summary>The largest number, or length of a text or of each text in a list or map.</summary>
    public long Max { get; set; } = long.MaxValue;

    /// <summary>Fewest items of a list.</summary>
    public int ItemsMin { get; set; }

    /// <summary>Most items of a list.</summary>
    public int ItemsMax { get; set; } = int.MaxValue;

    /// <summary>What a text matches from end to end, as in AWS's model, or null.</summary>
    public string? Pattern { get; set; }

    /// <summary>What keys of a map match, or null.</summary>
    public string? KeyPattern { get; set; }

    /// <summary>Values of an enum, in the order in which AWS's errors tell them; empty: any text.</summary>
    public string[] Choices { get; set; } = [];

    /// <summary>An update replaces the structure; otherwise it is merged member by member.</summary>
    public bool IsReplaced { get; set; }

    /// <summary>Errors do not repeat the value.</summary>
    public bool IsSensitive { get; set; }

    /// <summary>Descriptions leave it out.</summary>
    public bool IsHidden { get; set; }

    /// <summary>Its name where something is updated, when that is another one.</summary>
    public string? InUpdate { get; set; }

    /// <summary>Its name where something is described, when that is another one.</summary>
    public string? InDescription { get; set; }

    /// <summary>
    /// Why nothing comes of it here, or null: it is honoured. It is checked and given back all the same.
    /// </summary>
    public string? NoEffect { get; set; }

    /// <summary>Why a request that has it is refused, and what to do instead; or null.</summary>
    public string? Refused { get; set; }

    /// <summary>Values that AWS has and that are refused.</summary>
    public string[] RefusedValues { get; set; } = [];

    /// <summary>Why they are, and what to do instead.</summary>
    public string? RefusedValuesWhy { get; set; }

    /// <summary>Which values are honoured when the engine refuses the others, and why; null: all.</summary>
    public string? Only { get; set; }
}
