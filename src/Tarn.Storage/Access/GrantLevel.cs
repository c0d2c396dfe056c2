namespace Tarn.Storage.Access;

/// <summary>How much a grant allows; each level holds the ones before it.</summary>
public enum GrantLevel
{
    /// <summary>List and read objects.</summary>
    Read,

    /// <summary>Put and delete objects too.</summary>
    Write,

    /// <summary>Change the bucket's settings, create and delete it too.</summary>
    Admin,
}
