using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.People;

/// <summary>What the form of a person holds.</summary>
internal sealed class PersonInput : IValidatableObject
{
    [Required(ErrorMessage = "Type the person's name.")]
    [StringLength(AppUser.NameLength)]
    public string Name { get; set; } = "";

    [Display(Name = "Telephone number")]
    [StringLength(60)]
    public string? Number { get; set; }

    [Display(Name = "Country")]
    public string? Region { get; set; }

    public List<string> Roles { get; set; } = [];

    public static PersonInput Of(AppUser person, IEnumerable<string> roles) =>
        new() { Name = person.DisplayName, Number = person.Number, Region = person.Region, Roles = [.. roles] };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Roles.Count == 0)
            yield return new ValidationResult("Choose at least one role.", [nameof(Roles)]);
        if (Roles.Except(Account.Roles.All).Any())
            yield return new ValidationResult("Choose roles of the list.", [nameof(Roles)]);
        foreach (var wrong in RegionChoices.Check(Region, nameof(Region)))
        {
            yield return wrong;
        }
    }

    /// <summary>Writes the form into the person, or says beside the field what is wrong with the number.</summary>
    public async Task<bool> TryApplyAsync(
        AppUser person, TelephoneNumbers numbers, TeamBook teams, string houseRegion, UserManager<AppUser> users, ModelStateDictionary modelState)
    {
        const string Field = "Input.Number";
        string? e164 = null;
        if (!string.IsNullOrWhiteSpace(Number))
        {
            var reading = numbers.Read(Number, string.IsNullOrEmpty(Region) ? houseRegion : Region);
            if (reading is not ReadNumber read)
            {
                modelState.AddModelError(Field, reading is NotANumber wrong ? wrong.Sentence : "An emergency number cannot be a person's.");
                return false;
            }

            e164 = read.Number.E164;
            var owner = await users.Users.Where(other => other.Number == e164 && other.Id != person.Id)
                    .Select(other => other.DisplayName).FirstOrDefaultAsync()
                ?? (await teams.ByNumberAsync(read.Number, CancellationToken.None))?.Name;
            if (owner is not null)
            {
                modelState.AddModelError(Field, $"{owner} has this number already.");
                return false;
            }
        }

        person.DisplayName = Name.Trim();
        person.Number = e164;
        person.Region = string.IsNullOrEmpty(Region) ? null : Region;
        return true;
    }
}
