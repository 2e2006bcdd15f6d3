using System.ComponentModel.DataAnnotations;

namespace AriDialer.Web.Features.Security;

/// <summary>The pages that people have open (section <c>Pages</c>).</summary>
internal sealed class PageOptions
{
    /// <summary>
    /// Connections to hubs that one person may have open at once. A page has three; where its network broke, the three before are counted
    /// until it is known that they are gone.
    /// </summary>
    [Range(3, 10_000, ErrorMessage = "Pages:ConnectionsPerPerson must be between 3 and 10000.")]
    public int ConnectionsPerPerson { get; set; } = 150;
}
