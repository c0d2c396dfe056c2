namespace Tarn.Storage.Access;

/// <summary>What an action is about, which says what a grant must cover.</summary>
internal enum ActionScope
{
    /// <summary>All buckets; answers show what is granted.</summary>
    Lake,

    /// <summary>A bucket as a whole: grants on the whole bucket only.</summary>
    Bucket,

    /// <summary>The keys of a bucket that begin with a prefix: grants that cover that prefix.</summary>
    Listing,

    /// <summary>That the bucket exists and where: any grant in it.</summary>
    Presence,

    /// <summary>One object.</summary>
    Object,
}
