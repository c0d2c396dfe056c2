namespace Tarn.Query.Prepared;

/// <summary>A statement with a name, to be executed with parameters.</summary>
public sealed record PreparedStatement
{
    /// <summary>Workgroup that it belongs to; names are unique within one.</summary>
    public required string Workgroup { get; init; }

    /// <summary>1 to 256 characters: a letter or _, then letters, digits, _, @ and colons.</summary>
    public required string Name { get; init; }

    /// <summary>The statement's text, with <c>?</c> for each parameter.</summary>
    public required string Sql { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Set by the store.</summary>
    public DateTimeOffset ModifiedAt { get; init; }
}
