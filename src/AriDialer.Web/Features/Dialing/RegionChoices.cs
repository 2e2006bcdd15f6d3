using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AriDialer.Web.Features.Dialing;

/// <summary>The choice of a country in a form.</summary>
internal static class RegionChoices
{
    public static IReadOnlyList<SelectListItem> For(string houseRegion) =>
    [
        new SelectListItem($"The house's ({Countries.NameOf(houseRegion)})", ""),
        .. Countries.ByName.Select(country => new SelectListItem(country.Value, country.Key)),
    ];

    public static IEnumerable<ValidationResult> Check(string? region, string field)
    {
        if (!string.IsNullOrEmpty(region) && !Countries.Exists(region))
            yield return new ValidationResult("Choose a country of the list.", [field]);
    }
}
