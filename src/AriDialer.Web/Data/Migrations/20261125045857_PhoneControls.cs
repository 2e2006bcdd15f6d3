using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AriDialer.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class PhoneControls : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "EventCount",
                table: "Calls",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "EventsUpTo",
                table: "Calls",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<bool>(
                name: "Away",
                table: "AspNetUsers",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "DoNotDisturb",
                table: "AspNetUsers",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "CallEvents",
                columns: table => new
                {
                    CallId = table.Column<string>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ByUserId = table.Column<string>(type: "TEXT", nullable: true),
                    WhoUserId = table.Column<string>(type: "TEXT", nullable: true),
                    WhoNumber = table.Column<string>(type: "TEXT", nullable: true),
                    WhoName = table.Column<string>(type: "TEXT", nullable: true),
                    Detail = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CallEvents", x => new { x.CallId, x.Number });
                    table.ForeignKey(
                        name: "FK_CallEvents_Calls_CallId",
                        column: x => x.CallId,
                        principalTable: "Calls",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CallParticipants",
                columns: table => new
                {
                    CallId = table.Column<string>(type: "TEXT", nullable: false),
                    ChannelId = table.Column<string>(type: "TEXT", nullable: false),
                    UserId = table.Column<string>(type: "TEXT", nullable: true),
                    Number = table.Column<string>(type: "TEXT", nullable: true),
                    Name = table.Column<string>(type: "TEXT", nullable: true),
                    Role = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    JoinedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LeftAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CallParticipants", x => new { x.CallId, x.ChannelId });
                    table.ForeignKey(
                        name: "FK_CallParticipants_Calls_CallId",
                        column: x => x.CallId,
                        principalTable: "Calls",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CallSettings",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "TEXT", nullable: false),
                    RingSeconds = table.Column<int>(type: "INTEGER", nullable: true),
                    Voicemail = table.Column<bool>(type: "INTEGER", nullable: false),
                    GreetingAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Always_Number = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    Always_To = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Always_UserId = table.Column<string>(type: "TEXT", nullable: true),
                    WhenBusy_Number = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    WhenBusy_To = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    WhenBusy_UserId = table.Column<string>(type: "TEXT", nullable: true),
                    WhenUnanswered_Number = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    WhenUnanswered_To = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    WhenUnanswered_UserId = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CallSettings", x => x.UserId);
                    table.ForeignKey(
                        name: "FK_CallSettings_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Contacts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    OwnerId = table.Column<string>(type: "TEXT", nullable: false),
                    IsShared = table.Column<bool>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Company = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Note = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Sought = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Contacts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Contacts_AspNetUsers_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "DeskPhones",
                columns: table => new
                {
                    Endpoint = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    UserId = table.Column<string>(type: "TEXT", nullable: false),
                    Label = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ProtectedPassword = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    WithdrawnAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeskPhones", x => x.Endpoint);
                    table.ForeignKey(
                        name: "FK_DeskPhones_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Favourites",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "TEXT", nullable: false),
                    PersonId = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Favourites", x => new { x.UserId, x.PersonId });
                    table.ForeignKey(
                        name: "FK_Favourites_AspNetUsers_PersonId",
                        column: x => x.PersonId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Favourites_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Voicemail",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    UserId = table.Column<string>(type: "TEXT", nullable: false),
                    CallId = table.Column<string>(type: "TEXT", nullable: false),
                    CallerUserId = table.Column<string>(type: "TEXT", nullable: true),
                    CallerNumber = table.Column<string>(type: "TEXT", nullable: true),
                    CallerName = table.Column<string>(type: "TEXT", nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    HeardAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DeletedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Voicemail", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Voicemail_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ContactNumbers",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false),
                    E164 = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactNumbers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ContactNumbers_Contacts_ContactId",
                        column: x => x.ContactId,
                        principalTable: "Contacts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_CallParticipants_UserId_CallId",
                table: "CallParticipants",
                columns: new[] { "UserId", "CallId" });

            migrationBuilder.CreateIndex(
                name: "IX_ContactNumbers_ContactId",
                table: "ContactNumbers",
                column: "ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_IsShared_Sought",
                table: "Contacts",
                columns: new[] { "IsShared", "Sought" });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_OwnerId_Sought",
                table: "Contacts",
                columns: new[] { "OwnerId", "Sought" });

            migrationBuilder.CreateIndex(
                name: "IX_DeskPhones_UserId",
                table: "DeskPhones",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_Favourites_PersonId",
                table: "Favourites",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_Voicemail_CallId",
                table: "Voicemail",
                column: "CallId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Voicemail_DeletedAt",
                table: "Voicemail",
                column: "DeletedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Voicemail_UserId_At",
                table: "Voicemail",
                columns: new[] { "UserId", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CallEvents");

            migrationBuilder.DropTable(
                name: "CallParticipants");

            migrationBuilder.DropTable(
                name: "CallSettings");

            migrationBuilder.DropTable(
                name: "ContactNumbers");

            migrationBuilder.DropTable(
                name: "DeskPhones");

            migrationBuilder.DropTable(
                name: "Favourites");

            migrationBuilder.DropTable(
                name: "Voicemail");

            migrationBuilder.DropTable(
                name: "Contacts");

            migrationBuilder.DropColumn(
                name: "EventCount",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "EventsUpTo",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "Away",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "DoNotDisturb",
                table: "AspNetUsers");
        }
    }
}
