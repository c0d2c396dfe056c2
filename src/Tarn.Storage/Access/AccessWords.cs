namespace Tarn.Storage.Access;

/// <summary>Levels as people write them.</summary>
internal static class AccessWords
{
    public static string Of(GrantLevel level) => level switch
    {
        GrantLevel.Read => "read",
        GrantLevel.Write => "write",
        _ => "admin",
    };
}
