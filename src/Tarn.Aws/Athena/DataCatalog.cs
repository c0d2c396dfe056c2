using Tarn.Aws.Protocol.Json;

namespace Tarn.Aws.Athena;

/// <summary>The one data catalog, under the name that AWS's own has.</summary>
internal static class DataCatalog
{
    public const string Name = "AwsDataCatalog";

    public static bool IsNamed(string name) => name.Equals(Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes a member that must name it.</summary>
    public static void Read(JsonMembers members, string member)
    {
        var name = members.RequiredText(member);
        if (!IsNamed(name))
        {
            throw Missing(name);
        }
    }

    public static Protocol.AwsException Missing(string name) =>
        AthenaErrors.Invalid($"Catalog {name} does not exist: the lake's catalog is {Name}");
}
